import type { Random } from "./random";
import type { Style } from "./style";

export interface GeneratedSupplier {
  name: string;
  currency: string;
  termDays: number;
  /** How the supplier writes its invoice numbers: `#` is the running number. */
  numberForm: string;
  numberWidth: number;
  nextNumber: number;
  taxRate: number;
}

const STEMS = (
  "Nordwind Alpen Rhein Baltic Sterling Meridian Kestrel Harbour Falcon Quarz Lumen Orion Vega Delta Castor Pollux " +
  "Müller Schäfer Weiß Krüger Håkansson Østergaard Dupont Lefèvre Moreau Rossi Bianchi Novák Kowalski Fernández " +
  "Okafor Tanaka Suzuki Chen Patel Singh Haddad Larsson Virtanen Jansen Vermeer Peeters Smith Johnson Carter Bennett " +
  "Ironbridge Redwood Bluewater Summit Cascade Granite Copper Silver Atlas Titan Zenith Apex Vertex Pioneer Frontier"
).split(" ");
const TRADES = (
  "Logistics Logistik Manufacturing Electronics Technologies Engineering Components Packaging Industrial Supply " +
  "Services Solutions Maschinenbau Elektrotechnik Werkzeuge Energie Systems Consulting Materials Plastics Metals " +
  "International Tools Robotics Instruments Chemicals Textiles Foods Office Print Software Security Cleaning"
).split(" ");
const FORMS = [
  "GmbH",
  "AG",
  "GmbH & Co. KG",
  "Ltd",
  "Limited",
  "Inc.",
  "LLC",
  "S.A.",
  "SARL",
  "S.r.l.",
  "B.V.",
  "AB",
  "Oy",
  "PLC",
  "Corp.",
];
const NUMBER_FORMS = [
  "INV-#",
  "INV-2025-#",
  "RE#",
  "R-2025/#",
  "#",
  "F25-#",
  "SI/#",
  "INV#",
  "2025-#",
  "BILL-#-A",
  "RG 25#",
];

const SURNAMES = (
  "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson " +
  "Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker " +
  "Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell"
).split(" ");

export function drawSuppliers(random: Random, style: Style): GeneratedSupplier[] {
  const names = new Set<string>();
  while (names.size < style.suppliers)
    names.add(style.names === "trades" ? drawTradeName(random) : drawSurnames(random));
  return [...names].map((name) => ({
    name,
    currency: random.chance(style.foreignShare)
      ? random.pick(["USD", "EUR", "GBP", "CHF", "JPY", "KWD", "SEK"])
      : style.currency,
    termDays: random.pick([14, 30, 30, 45, 60]),
    numberForm: random.pick(NUMBER_FORMS),
    numberWidth: random.integer(3, 6),
    nextNumber: random.integer(1, 9_000),
    taxRate: random.pick([0, 0.05, 0.07, 0.1, 0.19, 0.2, 0.2]),
  }));
}

function drawTradeName(random: Random): string {
  const stem = random.chance(0.2) ? `${random.pick(STEMS)} & ${random.pick(STEMS)}` : random.pick(STEMS);
  const middle = random.chance(0.25) ? ` ${random.pick(TRADES)}` : "";
  return `${stem}${middle} ${random.pick(TRADES)} ${random.pick(FORMS)}`;
}

function drawSurnames(random: Random): string {
  const surname = () => random.pick(SURNAMES);
  switch (random.weighted({ one: 3, two: 3, three: 3 })) {
    case "one":
      return `${surname()} ${random.pick(["Ltd", "PLC", "Inc", "LLC", "Group", "and Sons"])}`;
    case "two":
      return `${surname()}-${surname()}`;
    case "three":
      return `${surname()}, ${surname()} and ${surname()}`;
  }
}
