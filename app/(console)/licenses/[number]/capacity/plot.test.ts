import { expect, test } from "vitest";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { layerLabels } from "./plot";

const SCALE = { top: 298, ticks: [], axisWidth: 40, showsLimit: true };

test("a layer is named in its middle where it ends, when the name is not higher than the layer", () => {
  const labels = layerLabels([day(1, [90, 8, 7]), day(2, [100, 16, 15]), day(3, null)], LAYERS, SCALE);
  expect(labels).toEqual([
    { id: "warsaw", name: "Warsaw", middle: 260 },
    { id: "munich", name: "Munich", middle: 202 },
  ]);
});

test("nothing is named before there is anything", () => {
  expect(layerLabels([day(1, [0, 0, 0])], LAYERS, SCALE)).toEqual([]);
});

const LAYERS = ["Warsaw", "Munich", "Austin"].map((name, look) => ({
  id: name.toLowerCase(),
  name,
  look,
  total: 0,
  days: [],
}));

function day(day: number, layers: number[] | null): BurnUpDay {
  return {
    day,
    layers: layers ?? [null, null, null],
    usedThatDay: null,
    soFar: layers?.reduce((sum, layer) => sum + layer, 0) ?? null,
    left: null,
    monthBefore: null,
    expected: null,
  };
}
