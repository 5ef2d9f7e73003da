import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import styles from "./tooltip.module.css";

type Props = {
  /** What the tooltip says; null if there is nothing to explain. */
  text: string | null;
  /** Renders the element that it explains, with the properties for it. */
  children: (trigger: Trigger, show: () => void) => ReactNode;
};

type Trigger = ReturnType<typeof triggerOf> | Record<string, never>;

/** Time to move the pointer from the element onto the tooltip. */
const LEAVE_MS = 120;

/**
 * Explains an element, beside it while the element or the tooltip has the pointer or the element has the keyboard's
 * focus, and as its description for screen readers. Escape and a press elsewhere hide it.
 */
export function Tooltip({ text, children }: Props) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const set = (isNext: boolean, afterMs = 0) => {
    clearTimeout(leaving.current);
    if (afterMs === 0) setShown(isNext);
    else leaving.current = setTimeout(setShown, afterMs, isNext);
  };
  if (text === null && isShown) setShown(false);
  return (
    <>
      {children(text === null ? {} : triggerOf(id, set), () => set(true))}
      {text === null ? null : (
        <Bubble id={id} isShown={isShown} set={set}>
          {text}
        </Bubble>
      )}
    </>
  );
}

type Setter = (isShown: boolean, afterMs?: number) => void;

function triggerOf(id: string, set: Setter) {
  return {
    "aria-describedby": id,
    style: { anchorName: nameOf(id) },
    onPointerEnter: ({ pointerType }: PointerEvent) => pointerType === "mouse" && set(true),
    onPointerLeave: ({ pointerType, currentTarget }: PointerEvent) =>
      pointerType === "mouse" && !currentTarget.matches(":focus-visible") && set(false, LEAVE_MS),
    onFocus: ({ currentTarget }: FocusEvent) => currentTarget.matches(":focus-visible") && set(true),
    onBlur: () => set(false),
  };
}

type BubbleProps = { id: string; isShown: boolean; set: Setter; children: string };

function Bubble({ id, isShown, set, children }: BubbleProps) {
  const bubble = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    bubble.current?.togglePopover(isShown);
    if (!isShown) return;
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && set(false);
    const onPress = ({ target }: Event) => bubble.current?.contains(target as Node) || set(false);
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onPress);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onPress);
    };
  });
  return (
    <span
      ref={bubble}
      id={id}
      role="tooltip"
      popover="manual"
      className={styles.tooltip}
      style={{ positionAnchor: nameOf(id) }}
      onPointerEnter={() => set(true)}
      onPointerLeave={() => set(false, LEAVE_MS)}
    >
      {children}
    </span>
  );
}

/** The name by which the style sheet finds the element of a tooltip. */
function nameOf(id: string): string {
  return `--${id}`;
}
