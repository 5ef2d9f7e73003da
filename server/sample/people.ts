import type { Random } from "./random";

const FIRST = [
  ...["Aisha", "Alba", "Anton", "Astrid", "Benedikt", "Carla", "Chen", "Clara", "Daniel", "Dilara", "Edith"],
  ...["Elias", "Emeka", "Fatima", "Felix", "Florian", "Giulia", "Hanna", "Henrik", "Ines", "Ivan", "Jana"],
  ...["Jonas", "Julia", "Karim", "Katrin", "Lars", "Leila", "Lena", "Luis", "Maja", "Marek", "Mia", "Nadia"],
  ...["Nils", "Noor", "Olga", "Oskar", "Paula", "Petra", "Rahul", "Rosa", "Samuel", "Sara", "Tomas", "Wanda"],
] as const;

const LAST = [
  ...["Abbott", "Akgul", "Bauer", "Becker", "Brandt", "Carvalho", "Conrad", "Dekker", "Eriksen", "Fischer"],
  ...[
    "Fontana",
    "Garcia",
    "Greene",
    "Haas",
    "Hansen",
    "Holm",
    "Ibrahim",
    "Jansen",
    "Kaur",
    "Keller",
    "Kowalski",
  ],
  ...["Larsson", "Lindner", "Marsh", "Mertens", "Moreau", "Nguyen", "Nowak", "Okafor", "Olsen", "Patel"],
  ...[
    "Petersen",
    "Quinn",
    "Reuter",
    "Rossi",
    "Sato",
    "Schulz",
    "Silva",
    "Sommer",
    "Thorne",
    "Vogel",
    "Weber",
  ],
] as const;

/** `first.last` of so many different people. */
export function people(random: Random, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(`${random.pick(FIRST)}.${random.pick(LAST)}`.toLowerCase());
  return [...names];
}
