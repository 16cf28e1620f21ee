import { baseForms } from "./word-forms";
import { readWords } from "./words";

/**
 * Words that people use for one another in general English, whatever the trade: what is paid, sent back, broken, founded, written.
 * Each group is one meaning. A trade's own words do not belong here.
 */
const MEANINGS = `
  refund reimburse reimbursement repay repayment moneyback money-back, cost price fee charge pricing rate expense tariff,
  pay payment paid payable, buy purchase order procure acquire bought, sell sold sale retail, bill invoice,
  cheap inexpensive affordable budget low-cost, expensive costly pricey, discount rebate reduction,
  salary wage compensation remuneration pay earnings, bonus reward incentive premium, vacation holiday leave pto break,
  sick ill illness sickness unwell, job position role post occupation employment,
  employee staff worker personnel workforce colleague coworker teammate, boss manager supervisor superior lead,
  hire recruit onboard recruitment employ, applicant candidate, fire dismiss terminate termination dismissal layoff,
  quit resign resignation, retire retirement pension, customer client buyer shopper consumer,
  vendor supplier seller dealer merchant retailer, company firm organization business employer corporation enterprise,
  department division unit team, branch subsidiary, begin start commence launch initiate began,
  end finish conclude complete expire ended, stop halt cease discontinue, cancel revoke abort annul withdraw cancellation,
  delay postpone late defer overdue, quick fast rapid speed swift, slow sluggish slowly, deadline due, long duration length, old age,
  big large size huge great, small little compact tiny, heavy weight weigh mass, light lightweight, tall height high, wide width broad,
  deep depth, thick thickness, hot heat temperature warm scorching, cold cool chilly freezing frozen freeze frost,
  water rain wet moisture waterproof, wet damp moist soaked drenched humid, dry drying, dirty dirt soiled stained stain muddy,
  fix repair mend service, broken defective faulty damaged malfunction fault defect, break crack fracture snap, damage harm impair,
  tear rip torn hole puncture, fail failure crash outage, outage downtime unavailable down, error fault failure alarm,
  problem issue trouble difficulty, cause reason why culprit, mistake error slip wrong, replace exchange swap substitute replacement,
  return send-back bring-back, send ship deliver dispatch shipment shipping delivery mail post, parcel package packet box,
  receive get obtain arrive, warranty guarantee, contract agreement, sign signature signed, insurance coverage insured,
  cover include covered, rule policy guideline regulation, law legislation statute act, allow permit permission authorize allowed,
  forbid prohibit ban disallow forbidden, must require mandatory obligatory requirement compulsory, need require,
  approve approval authorize sign-off, reject refuse deny decline refusal, agree consent, ask request apply,
  answer reply respond response, complain complaint grievance dispute, appeal review reconsider, claim demand,
  help support assistance assist aid, advise advice recommend recommendation suggest, contact phone call telephone reach,
  email mail e-mail, tell inform notify report announce, say state mention, explain describe clarify, talk speak discuss conversation,
  address location, document file record paper, form template, remove delete erase uninstall, add insert append,
  change modify alter edit update adjust, create make build generate produce made, choose select pick option, decide decision determine,
  show display view, see watch observe, hide conceal, find locate search, check verify inspect inspection examine test validate,
  measure measurement gauge, count number tally, calculate compute calculation, compare comparison, clean wash cleaning wipe,
  store storage keep stow, throw discard dispose disposal trash garbage waste, recycle recycling reuse,
  maintain maintenance upkeep servicing, install installation setup mount, assemble assembly pitch set-up,
  configure configuration setting setup config, connect connection link attach join, disconnect detach unplug separate,
  fasten tighten secure, loose loosen slack, oil grease lubricate lubricant lubrication, move relocate transfer, carry transport haul,
  lift raise hoist, push press squeeze, pull drag tug, turn rotate rotation spin, open opening unlock, close shut closed closing,
  lock locked, restart reboot reset, shutdown switch-off power-off, power electricity electric electrical, plug socket outlet,
  light lamp bulb, noise sound noisy loud, smell odour odor, vibrate vibration shake, bend flex, login signin sign-in log-in,
  password passcode credential, user account, access permission, secure security protect protection safety safe,
  privacy confidential private secret, dangerous hazard danger hazardous risk unsafe, warn warning alert caution,
  injury accident hurt incident injured, emergency urgent critical, ambulance paramedic, steal theft stolen rob, fraud scam phishing,
  lose lost loss missing, leak spill leaking, save backup, recover restore recovery, undo revert rollback, copy duplicate replicate,
  print printed, limit maximum cap max, minimum least min, amount quantity number, total sum, average mean,
  percent percentage share proportion, half fifty, double twice, increase raise grow rise growth, decrease reduce lower drop decline,
  enough sufficient adequate, empty vacant, full complete, part component piece, whole entire complete, car vehicle automobile,
  truck lorry, bike bicycle, plane aircraft airplane aeroplane, boat ship vessel, road street highway, drive driving driver, ride riding,
  fly flight, walk hike walking on-foot, run running, trip travel journey tour, ticket pass, hotel accommodation lodging,
  meal food dinner lunch, eat consume meal, drink beverage, cook cooking prepare, wine alcohol liquor beer, gift present, guest visitor,
  child kid children, baby newborn infant, parent mother father parental, parents mom dad, wife husband spouse married partner,
  marry marriage wedding married, brother sister sibling, family relatives household, friend companion, woman women female, man men male,
  boy girl child, adult grown-up, birth born, die death dead died, death bereavement funeral deceased, kill killed murder,
  doctor physician, hospital clinic, medicine drug medication, illness disease, disabled disability, glasses vision eyewear, dog pet, cat pet,
  bed mattress, sleep sleeping asleep, shoe shoes boot footwear, clothes clothing apparel garment, jacket coat, bag sack backpack,
  tent shelter, rope cord line, bottle flask, dish plate, teach train training instruct taught, school education academy,
  college university, student pupil learner undergraduate, undergraduate undergrad, teacher instructor professor tutor,
  course class lesson, exam examination test, degree diploma qualification, study research, knowledge skill, meeting appointment,
  office workplace, home house remote, remote home-office telework, building structure construction, build construct erect built,
  room chamber, floor storey story, wall barrier, roof ceiling, door gate entrance, window pane, site location place,
  located situated lies, area region district zone, border boundary frontier, town city village municipality, country nation state,
  world global worldwide international, abroad overseas foreign international, north northern, south southern, east eastern,
  west western, near close nearby, far distance distant, land ground terrain, ground soil earth, sand beach, sea ocean, river stream,
  mountain peak hill, forest wood, tree plant, weather climate, wind windy gust, storm hurricane, snow ice, summer season,
  daily everyday day, weekly week, monthly month, yearly annual annually year, quarter quarterly, twice two, night overnight midnight,
  morning dawn, evening dusk, often frequency frequently interval regularly, usual typical normal standard common, always permanently,
  early soon, beginning start origin, origin source, first initial original, last final latest, previous earlier former prior,
  next following subsequent, current present now, new recent latest, modern contemporary, future upcoming, history historical past,
  people person individual, population inhabitants residents, resident inhabitant citizen, leader head chief, president chairman,
  king queen monarch ruler, government administration, minister secretary, vote election elect, tax duty, war conflict battle,
  army military troops soldiers, soldier troop, attack assault, weapon gun arms, enemy opponent, win victory won, defeat beat lost,
  champion title winner, prize award medal, game match, player athlete, team squad, sport athletics, music song, singer vocalist,
  band group, movie film picture, actor actress star, role part played, play perform, show program series,
  author writer write wrote written, book volume novel publication, publish publication release published, newspaper magazine journal,
  picture image photo photograph, paint painting painter, art artwork, language tongue, word term, name called known, title heading,
  mean definition stand, abbreviation acronym, god deity, religion faith religious, church cathedral chapel, priest clergy,
  found founded establish established formed, founder creator, invent invention inventor, discover discovery discovered,
  develop development, design designed, own owner possess ownership, belong member, member membership, join enroll enter register,
  register registration sign-up, leave depart exit departure, stay remain, live reside dwell, visit visiting, use utilize usage,
  try attempt, help assist, give provide offer supply, take receive, borrow lend rent rental hire loan, lend loan, rent lease, debt owe,
  profit earnings gain, loss deficit, money cash funds, fund finance, bank account, collect gather collection,
  trade commerce, market marketplace, industry sector, factory plant, machine machinery equipment device, tool instrument,
  computer laptop pc machine, phone mobile smartphone, screen display monitor, keyboard keys, internet web online, website site,
  network connection, app application software program, data information, message notification, chat conversation, software program,
  method function procedure, function method, process procedure, step stage phase, plan schedule, schedule timetable calendar,
  goal aim objective purpose, purpose reason use, task duty, responsible accountable responsibility charge, parameter argument,
  property attribute, variable env, example sample, bug defect, version release, deprecated obsolete, upgrade update,
  kind type sort category, consist comprise composed, contain include hold, made composed consists, similar alike same,
  different distinct, important major main significant, main primary principal, famous known notable renowned popular, best top,
  worst poor, good fine, bad poor, easy simple, hard difficult, strong powerful, weak fragile, correct right accurate,
  wrong incorrect false, true genuine, complete finished, possible able can, impossible unable, available offered, necessary required,
  optional voluntary, free gratis complimentary, extra additional, spare replacement, feedback comment opinion, anonymous anonymously,
  idea proposal suggestion, improve enhance better, worse deteriorate, happy satisfied, angry upset annoyed, fear afraid, love affection
`;

const OTHERS = readMeanings();

/** The other words for `word`, every meaning that it is in counted. A form that is in none is looked up by the word it was made from. */
export function synonymsOf(word: string): readonly string[] {
  for (const form of baseForms(word)) {
    const others = OTHERS.get(form);
    if (others) return others;
  }
  return [];
}

function readMeanings(): Map<string, string[]> {
  const others = new Map<string, string[]>();
  for (const group of MEANINGS.split(",")) {
    const words = group
      .trim()
      .split(" ")
      .map((word) => readWords(word)[0]?.text ?? word);
    for (const word of words)
      others.set(word, [...new Set([...(others.get(word) ?? []), ...words.filter((other) => other !== word)])]);
  }
  return others;
}
