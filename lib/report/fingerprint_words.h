/* fingerprint_words.h: the words that may go into a fingerprint. Each is common, says nothing of a
 * person, and is no name, number, day, month or part of a postcode in the lists that come with the
 * rules (test_baseline holds it to that). To add or drop one changes fingerprints, and so the
 * format of baselines. Sorted. */
#ifndef PV_REPORT_FINGERPRINT_WORDS_H
#define PV_REPORT_FINGERPRINT_WORDS_H

/* clang-format off */
static const char *const pv_fingerprint_words[] = {
    "about", "above", "across", "after", "again", "against", "ahead", "all", "almost", "alone",
    "along", "already", "also", "although", "always", "among", "and", "another", "any", "anybody",
    "anyone", "anything", "anyway", "anywhere", "apart", "are", "around", "asked", "asking", "away",
    "back", "because", "become", "been", "before", "began", "begin", "behind", "being", "below",
    "better", "between", "both", "bring", "brought", "but", "call", "called", "came", "cannot",
    "change", "changed", "come", "coming", "could", "did", "does", "doing", "done", "each", "easy",
    "either", "else", "end", "enough", "even", "ever", "every", "everybody", "everyone",
    "everything", "everywhere", "except", "feel", "feeling", "few", "finally", "find", "following",
    "for", "found", "from", "full", "gave", "get", "getting", "give", "gives", "giving", "goes",
    "going", "gone", "got", "had", "happen", "happened", "hard", "has", "have", "having", "hear",
    "help", "helped", "helping", "here", "how", "however", "idea", "important", "instead", "into",
    "its", "itself", "just", "keep", "keeping", "kept", "kind", "knew", "know", "known", "least",
    "leave", "left", "less", "let", "like", "likely", "look", "looked", "looking", "lost", "lot",
    "made", "make", "makes", "making", "many", "matter", "maybe", "mean", "means", "meant", "might",
    "most", "much", "must", "myself", "near", "nearly", "need", "needed", "needs", "neither",
    "never", "new", "nobody", "nor", "not", "nothing", "now", "nowhere", "off", "often", "only",
    "onto", "open", "other", "others", "our", "ourselves", "out", "over", "own", "people",
    "perhaps", "place", "please", "point", "possible", "pretty", "put", "question", "quite",
    "rather", "ready", "really", "right", "same", "saw", "say", "saying", "says", "see", "seem",
    "seemed", "seems", "seen", "several", "shall", "share", "should", "show", "shown", "simply",
    "since", "some", "somebody", "someone", "something", "sometimes", "somewhere", "sorry", "start",
    "started", "stop", "such", "sure", "take", "taken", "takes", "taking", "talk", "thank",
    "thanks", "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore",
    "these", "they", "thing", "things", "think", "thinking", "this", "those", "though", "thought",
    "through", "thus", "together", "told", "too", "took", "toward", "towards", "tried", "true",
    "truly", "try", "trying", "turn", "turned", "under", "understand", "unless", "until", "upon",
    "use", "used", "useful", "using", "usual", "usually", "very", "want", "wanted", "wants", "was",
    "way", "ways", "well", "went", "were", "what", "whatever", "when", "whenever", "where",
    "wherever", "whether", "which", "while", "who", "whole", "whom", "whose", "why", "wish", "with",
    "within", "without", "wonder", "word", "words", "work", "worked", "working", "would", "write",
    "wrong", "wrote", "yet", "you", "your", "yours", "yourself", "yourselves",
};
/* clang-format on */

#endif
