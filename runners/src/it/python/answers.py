"""Asks math-verify what pairs of answers are to each other, beside what Sluice says.

    answers.py table PAIRS.tsv JUDGED.tsv   the pairs of the tests; each difference must be judged in the second file
    answers.py pairs PAIRS.jsonl [COUNT]    pairs that `./dev answers FOLDER --pairs FILE` wrote: counts by what was made
"""

import hashlib
import json
import logging
import sys
from collections import Counter

from math_verify import parse, verify

logging.disable(logging.CRITICAL)


def boxed(text: str) -> list:
    """What math-verify reads out of a reply that boxes the text."""
    inner = text[1:-1] if text.startswith("$") and text.endswith("$") and text.count("$") == 2 else text
    return parse("\\boxed{" + inner + "}")


def says_equal(reference: str, answer: str) -> bool:
    try:
        return bool(verify(boxed(reference), boxed(answer)))
    except Exception:  # what it cannot compare is not equal
        return False


def rows(path: str) -> list[list[str]]:
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]


def table(pairs: str, judged: str) -> int:
    known = {(reference, answer): (right, why) for reference, answer, right, why in rows(judged)}
    found = []
    all_pairs = rows(pairs)
    for relation, reference, answer in all_pairs:
        if says_equal(reference, answer) != (relation == "equal"):
            found.append((relation, reference, answer))
    right = Counter(known[(reference, answer)][0] for _, reference, answer in found if (reference, answer) in known)
    print(f"{len(all_pairs)} pairs, {len(found)} on which math-verify differs; right is: {dict(right)}")
    unjudged = [each for each in found if (each[1], each[2]) not in known]
    for relation, reference, answer in unjudged:
        print(f"  not judged in {judged}: Sluice says {relation}\t{reference}\t{answer}")
    gone = set(known) - {(reference, answer) for _, reference, answer in found}
    for reference, answer in sorted(gone):
        print(f"  judged, and no difference any more: {reference}\t{answer}")
    return 1 if unjudged or gone else 0


def made(path: str, count: int) -> int:
    with open(path, encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file]
    pairs.sort(key=lambda pair: hashlib.sha256(json.dumps(pair, sort_keys=True).encode()).hexdigest())
    counts: dict[str, Counter] = {}
    for pair in pairs[:count]:
        kind = pair["set"] + (", other spellings" if pair["expected"] else ", near misses")
        counter = counts.setdefault(kind, Counter())
        counter["pairs"] += 1
        counter["Sluice right"] += pair["matches"] == pair["expected"]
        counter["math-verify right"] += says_equal(pair["reference"], pair["answer"]) == pair["expected"]
    for kind, counter in sorted(counts.items()):
        print(f"{kind}: " + ", ".join(f"{name} {number}" for name, number in counter.items()))
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "table":
        sys.exit(table(sys.argv[2], sys.argv[3]))
    sys.exit(made(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 5000))
