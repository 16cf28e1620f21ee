/**
 * Words that say nothing about what a passage is about. Shorter than most lists: "before", "without" or "off" change what a question
 * asks, and a common word that stays costs little, because how rare a word is weighs it.
 */
const STOP_WORDS = new Set(
  `a an the this that these those there here it its itself he him his she her hers they them their theirs we us our ours you your yours
  i me my mine myself yourself themselves is are was were be been being am do does did doing done have has had having can could may might
  must shall should will would of in on at to for from by with as into onto upon about and or but nor so if then than because while what
  which who whom whose when where why how also just very too such only own same any some each s t d ll m o re ve isnt arent wasnt werent
  dont doesnt didnt cant couldnt wont wouldnt shouldnt im youre theyre weve ive id get gets got let lets please tell know want need give
  explain describe`.split(/\s+/),
);

// Words that shape a question more than they say what it is about: "how long does it take", "what happens when", "is there something".
const WEAK_WORDS = new Set(
  `many much long far often soon old big little lot several most more less take takes taken taking make makes made making go goes going
  gone come comes coming put use uses used using happen happens happened mean means something anything nothing someone anyone everyone
  thing things way ways kind sort like good okay ok right still already ever even really actually exactly usually say says said tells
  per up down out off over again else once twice wants wanted needs needed gives given asks asked
  after before during until since under between without within against both either neither now then today`.split(/\s+/),
);

export const isWeakWord = (word: string): boolean => WEAK_WORDS.has(word);

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);
