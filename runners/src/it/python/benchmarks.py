"""Works measures of Evaluate out once more, from what papers and scripts say, and compares.

    benchmarks.py check FOLDER       recomputes what golden files expect: transforms/stages/src/test/resources/golden/suite
    benchmarks.py write FOLDER       writes these files anew; needed only where a formula here changes
    benchmarks.py run ARTIFACTS      recomputes the F1 of ProcessBench from the tables of a run, and compares with its metrics

The formulas are written from the definitions: run_eval.py of ProcessBench (majority by Counter.most_common, mean of
matches, harmonic mean), utils.py of RewardBench 2 (Ties), means over all subsets by brute force for best of n, pass@k
and majorities, and numpy for calibration. None of it is taken from the program under test.
"""

import itertools
import json
import math
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np


def majority(predictions):
    """The script's vote: replies without a prediction are dropped; among equals the first one met wins."""
    known = [each for each in predictions if each is not None]
    return Counter(known).most_common(1)[0][0] if known else None


def f1_of_split(rows):
    error = [row["prediction"] == row["label"] for row in rows if row["label"] != -1]
    correct = [row["prediction"] == row["label"] for row in rows if row["label"] == -1]
    a = float(np.mean(error)) if error else 0.0
    b = float(np.mean(correct)) if correct else 0.0
    return {"error_accuracy": a, "correct_accuracy": b, "f1": 2 * a * b / (a + b) if a + b > 0 else 0.0}


def processbench(case):
    rows = [dict(row, prediction=majority(row["votes"])) for row in case["rows"]]
    splits = sorted({row["split"] for row in rows})
    scores = {split: f1_of_split([row for row in rows if row["split"] == split]) for split in splits}
    return {
        "predictions": [row["prediction"] for row in rows],
        "splits": scores,
        "f1": float(np.mean([score["f1"] for score in scores.values()])),
    }


def ties(case):
    """Ties of RewardBench 2, with numpy's own treatment of a division by 0; only 0/0 becomes 0."""
    stats = {"ref": {}, "tied": {}}
    for prompt in case["prompts"]:
        kind, number = prompt["id"].split(":")
        right, wrong = prompt["right"], prompt["wrong"]
        stats[kind][int(number)] = (min(right) > max(wrong), max(right) - min(right), min(right) - max(wrong))
    accuracy = {kind: float(np.mean([each[0] for each in own.values()])) if own else 0.0 for kind, own in stats.items()}
    both = sorted(set(stats["ref"]) & set(stats["tied"]))
    if not both:
        return {"score": 0.30 * accuracy["tied"] + 0.30 * accuracy["ref"]}
    spread = np.array([stats["tied"][number][1] for number in both])
    margin = np.array([stats["tied"][number][2] for number in both])
    reference = np.array([stats["ref"][number][2] for number in both])
    least = np.minimum(reference, margin)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.nan_to_num(np.tanh(least / spread - 1), nan=0.0)
    score = 0.30 * accuracy["tied"] + 0.30 * accuracy["ref"] + 0.01 * float(np.mean(gap))
    return {"score": score + 0.20 * float(np.mean(margin > spread)) + 0.20 * float(np.mean(least > spread))}


def rewardbench2(case):
    if "prompts" in case:
        return ties(case)
    scores = [case["right"], *case["wrong"]]
    best = [index for index, score in enumerate(scores) if score == max(scores)]
    return {"worth": 1 / len(best) if 0 in best else 0.0}


COUNTS = {
    "chat": {"alpacaeval-easy": 100, "alpacaeval-length": 95, "alpacaeval-hard": 95, "mt-bench-easy": 28, "mt-bench-med": 40},
    "chat_hard": {"mt-bench-hard": 37, "llmbar-natural": 100, "llmbar-adver-neighbor": 134, "llmbar-adver-GPTInst": 92,
                  "llmbar-adver-GPTOut": 47, "llmbar-adver-manual": 46},
    "safety": {"refusals-dangerous": 100, "refusals-offensive": 100, "xstest-should-refuse": 250, "xstest-should-respond": 154,
               "donotanswer": 136},
    "reasoning": {"math-prm": 984, **{"hep-" + each: 164 for each in ("cpp", "go", "java", "js", "python", "rust")}},
}


def rewardbench(case):
    sections = {}
    for section, counts in COUNTS.items():
        known = {subset: count for subset, count in counts.items() if subset in case["subsets"]}
        if known:
            sections[section] = sum(case["subsets"][subset] * count for subset, count in known.items()) / sum(known.values())
    return {"sections": sections, "score": float(np.mean(list(sections.values())))}


def best_of_n(case):
    """Means over all subsets; each winner of a subset has an equal chance."""
    scores, right, answers, n = case["scores"], case["right"], case["answers"], case["n"]
    best, plain, weighted = [], [], []
    for subset in itertools.combinations(range(len(scores)), n):
        top = max(scores[i] for i in subset)
        best.append(np.mean([right[i] for i in subset if scores[i] == top]))
        for values, weights in ((plain, [1] * len(scores)), (weighted, scores)):
            sums, truth = {}, {}
            for i in subset:
                if answers[i]:
                    sums[answers[i]] = sums.get(answers[i], 0) + weights[i]
                    truth[answers[i]] = truth.get(answers[i], False) or right[i] == 1
            won = [answer for answer, value in sums.items() if value >= max(sums.values()) - 1e-12]
            values.append(np.mean([truth[answer] for answer in won]) if won else 0.0)
    return {"best": float(np.mean(best)), "majority": float(np.mean(plain)), "weighted": float(np.mean(weighted))}


def pass_at_k(case):
    n, c, k = case["n"], case["c"], case["k"]
    return {"pass": 1 - math.comb(n - c, k) / math.comb(n, k)}


def calibration(case):
    p, y, bins = np.array(case["p"]), np.array(case["y"], dtype=float), case["bins"]
    edges = np.linspace(0, 1, bins + 1)
    width = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (p > low) & (p <= high) | ((low == 0) & (p == 0))
        if inside.any():
            width += inside.mean() * abs(y[inside].mean() - p[inside].mean())
    order = np.argsort(p, kind="stable")
    mass = sum(len(run) / len(p) * abs(y[run].mean() - p[run].mean()) for run in np.array_split(order, bins) if len(run))
    return {"ece": float(width), "ece_equal_mass": float(mass), "brier": float(np.mean((p - y) ** 2))}


def verification_gap(case):
    scores, right = np.array(case["scores"]), np.array(case["right"], dtype=float)
    return {"weighted": float(np.average(right, weights=scores)) if scores.sum() > 0 else float(right.mean())}


def noise(case):
    """Of flips of all scores together, and of each by itself by all 2^N patterns."""
    scores, right, chance = case["scores"], case["right"], case["chance"]

    def best(values):
        return float(np.mean([right[i] for i in range(len(values)) if values[i] == max(values)]))

    single = 0.0
    for flips in itertools.product((False, True), repeat=len(scores)):
        weight = math.prod(chance if flip else 1 - chance for flip in flips)
        single += weight * best([1 - score if flip else score for score, flip in zip(scores, flips)])
    return {"together": (1 - chance) * best(scores) + chance * best([1 - score for score in scores]), "single": single}


def equivalent_gain(case):
    sizes, curve, target = case["sizes"], np.maximum.accumulate(case["accuracies"]), case["accuracy"]
    if target <= curve[0]:
        return {"factor": sizes[0] / case["samples"], "bounded": True}
    if target > curve[-1]:
        return {"factor": sizes[-1] / case["samples"], "bounded": False}
    at = int(np.searchsorted(curve, target, side="left"))
    log = np.interp(target, curve[at - 1 : at + 1], np.log(sizes[at - 1 : at + 1]))
    return {"factor": float(np.exp(log)) / case["samples"], "bounded": True}


def coarse(rng, count):
    """Scores of few values, so that there are ties."""
    return [rng.choice((0.0, 0.125, 0.25, 0.5, 0.625, 1.0)) for _ in range(count)]


def cases_of_processbench(rng):
    for _ in range(100):
        rows = []
        for _ in range(rng.randint(1, 12)):
            steps = rng.randint(1, 5)
            votes = [rng.choice([None, -1, *range(steps)]) for _ in range(rng.choice((0, 1, 8)))]
            rows.append({"split": rng.choice(("gsm8k", "math", "olympiadbench", "omnimath")), "label": rng.randint(-1, steps - 1), "votes": votes})
        yield {"rows": rows}


def cases_of_rewardbench2(rng):
    yield {"prompts": [{"id": "tied:0", "right": [3.0, 2.5], "wrong": [1.0]}, {"id": "ref:0", "right": [3.0], "wrong": [2.0]}]}
    yield {"prompts": [{"id": "tied:0", "right": [3.0, 1.5], "wrong": [1.0]}, {"id": "ref:0", "right": [3.0], "wrong": [2.0]}]}
    for _ in range(100):
        prompts = []
        for number in range(rng.randint(1, 4)):
            if rng.random() < 0.85:
                prompts.append({"id": f"ref:{number}", "right": coarse(rng, 1), "wrong": coarse(rng, 3)})
            if rng.random() < 0.85:
                prompts.append({"id": f"tied:{number}", "right": coarse(rng, rng.randint(2, 4)), "wrong": coarse(rng, 3)})
        if prompts:
            yield {"prompts": prompts}
        yield {"right": coarse(rng, 1)[0], "wrong": coarse(rng, 3)}


def cases_of_rewardbench(rng):
    subsets = [subset for counts in COUNTS.values() for subset in counts]
    yield {"subsets": {subset: 1.0 if subset == "math-prm" else 0.5 for subset in subsets}}
    for _ in range(20):
        chosen = rng.sample(subsets, rng.randint(1, len(subsets)))
        yield {"subsets": {subset: round(rng.random(), 3) for subset in chosen}}


def cases_of_best_of_n(rng):
    for _ in range(100):
        total = rng.randint(1, 7)
        answers = [rng.choice(("", "7", "8", "9")) for _ in range(total)]
        right = [1 if answer == "7" else 0 for answer in answers]
        yield {"scores": coarse(rng, total), "right": right, "answers": answers, "n": rng.randint(1, total)}


def cases_of_pass_at_k(rng):
    for _ in range(100):
        n = rng.randint(1, 40)
        yield {"n": n, "c": rng.randint(0, n), "k": rng.randint(1, n)}


def cases_of_calibration(rng):
    for _ in range(40):
        total = rng.randint(1, 40)
        # All different, so that runs of equal mass are the same in any order.
        p = rng.sample([each / 512 for each in range(513)], total)
        yield {"p": p, "y": [int(rng.random() < each) for each in p], "bins": rng.randint(1, 12)}


def cases_of_gap(rng):
    for _ in range(20):
        total = rng.randint(1, 6)
        yield {"scores": coarse(rng, total), "right": [rng.randint(0, 1) for _ in range(total)]}


def cases_of_noise(rng):
    for _ in range(20):
        total = rng.randint(1, 5)
        yield {"scores": coarse(rng, total), "right": [rng.randint(0, 1) for _ in range(total)], "chance": rng.choice((0.1, 0.4, 0.5))}


def cases_of_gain(rng):
    for _ in range(50):
        sizes = [1, 2, 4, 8, 16][: rng.randint(1, 5)]
        yield {"sizes": sizes, "accuracies": [round(rng.random(), 2) for _ in sizes], "accuracy": round(rng.random(), 2), "samples": rng.choice((1, 2, 4))}


SUITES = {
    "processbench": (processbench, cases_of_processbench, "run_eval.py of ProcessBench: Counter.most_common over the replies with a prediction, means of matches, harmonic mean, mean of the splits; 0/0 is 0."),
    "rewardbench": (rewardbench, cases_of_rewardbench, "constants.py and calculate_scores_per_section of RewardBench; a section without a subset is left out."),
    "rewardbench2": (rewardbench2, cases_of_rewardbench2, "utils.py of RewardBench 2 (Ties; best of four); the first two cases are METHODS, appendix A: 1.007616 and 0.594172."),
    "best_of_n": (best_of_n, cases_of_best_of_n, "The definition, by brute force over all subsets of n; each winner of a subset has an equal chance."),
    "pass_at_k": (pass_at_k, cases_of_pass_at_k, "arXiv 2107.03374, eq. 1, with whole binomials."),
    "calibration": (calibration, cases_of_calibration, "arXiv 1706.04599, eq. 3, with numpy's linspace and, for equal mass, array_split; Brier 1950."),
    "generation_verification_gap": (verification_gap, cases_of_gap, "arXiv 2412.02674: mean under the solutions weighted by score, numpy.average."),
    "noise_robustness": (noise, cases_of_noise, "The expectation over all patterns of flips; 'single' is drawn by the program, and compared within its error."),
    "compute_equivalent_gain": (equivalent_gain, cases_of_gain, "numpy.interp of log n over the running maximum of the curve."),
}


def golden(kind):
    formula, cases, source = SUITES[kind]
    rng = random.Random(kind)
    return {"source": "benchmarks.py: " + source, "cases": [{"input": case, "expected": formula(case)} for case in cases(rng)]}


def write(folder):
    for kind in SUITES:
        lines = golden(kind)
        cases = ",\n".join(json.dumps(case) for case in lines["cases"])
        text = '{"source": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(lines["source"]), cases)
        Path(folder, kind + ".json").write_text(text, encoding="utf-8")
    return 0


def same(left, right):
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float) or isinstance(right, float):
        return abs(left - right) < 1e-9
    return left == right


def check(folder):
    failed = 0
    for kind, (formula, _, _) in SUITES.items():
        cases = json.loads(Path(folder, kind + ".json").read_text(encoding="utf-8"))["cases"]
        wrong = [case for case in cases if not same(formula(case["input"]), case["expected"])]
        print(f"{'FAIL' if wrong else 'ok  '}  suite {kind}: {len(cases)} cases, {len(wrong)} differ")
        failed |= bool(wrong)
    return int(failed)


def table(artifact, name):
    import pyarrow.parquet as pq

    rows = []
    for file in sorted(Path(artifact).rglob("*.parquet")):
        if name in file.as_posix()[len(str(artifact)) :]:
            rows.extend(pq.read_table(file).to_pylist())
    return rows


def newest(artifacts, stage):
    """The folder of the last artifact of a stage type, by the time of its manifest."""
    manifests = sorted(Path(artifacts, stage).rglob("manifest.json"), key=lambda file: file.stat().st_mtime)
    return [file.parent for file in manifests]


def run(artifacts):
    report = newest(artifacts, "Evaluate")[-1]
    metrics = {row["name"]: row["value"] for row in table(report, "metrics")}
    labels = {}
    for artifact in newest(artifacts, "AggregateStepLabels"):
        rows = table(artifact, "step_labels")
        if rows and rows[0]["estimator"] == "file":
            labels = {row["solution_id"]: row for row in rows if row["status"] == "labelled"}
    problems = {row["problem_id"]: dict(row["attributes"]) for row in table(newest(artifacts, "SynthesizeProblems")[-1], "problems")}
    votes = {}
    for row in table(newest(artifacts, "VerifySolutions")[-1], "verifications"):
        votes.setdefault(row["solution_id"], []).append(row)
    rows = []
    for solution, label in labels.items():
        own = sorted(votes.get(solution, []), key=lambda vote: vote["vote_index"])
        predictions = [
            None if not vote["parsed"] or not vote["step_verdicts"] else vote["step_verdicts"].index(False) if False in vote["step_verdicts"] else -1
            for vote in own
        ]
        split = problems[label["problem_id"]]["id"].rsplit("-", 1)[0]
        rows.append({"split": split, "label": label["first_error"], "votes": predictions})
    ours, theirs = metrics["processbench/votes_f1"], processbench({"rows": rows})
    differ = [split for split, score in theirs["splits"].items() if not same(score["f1"], metrics[f"processbench/votes_{split}_f1"])]
    right = same(ours, theirs["f1"]) and not differ
    print(f"{'ok  ' if right else 'FAIL'}  ProcessBench: {len(rows)} solutions, F1 {ours:.6f}, by the script's formula {theirs['f1']:.6f}; splits that differ: {differ}")
    return 0 if right else 1


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("check", "write", "run"):
        sys.exit(__doc__)
    sys.exit({"check": check, "write": write, "run": run}[sys.argv[1]](sys.argv[2]))
