"""What a peer of the benchmark does: says that it is ready, then measures once for each line it reads."""

import json
import os
import sys
import time

# Threads that spin while they wait would take the processor from whoever is measured in between.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

# Answers go out on the first standard output; whatever a library prints goes to standard error.
_answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def answer(**values):
    print(json.dumps(values), file=_answers, flush=True)


def asked():
    """Waits for the next request; ends the process when there is none."""
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return line.strip()


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fastest(settings):
    """Runs every setting three times, the first to warm up, and returns the fastest with its name.

    settings: name -> a function that prepares and returns the work to measure
    """
    best = None
    for name, prepare in settings.items():
        try:
            work = prepare()
            work()
            took = min(seconds(work), seconds(work))
        except Exception as e:  # A setting that this machine cannot do, such as compiling without a compiler.
            print(f"{name}: {e}", file=sys.stderr)
            continue
        print(f"{name}: {took:.3f} s", file=sys.stderr)
        if best is None or took < best[0]:
            best = (took, name, prepare)
    return best[1], best[2]()


def serve(setting, work, value):
    """Measures work on request; value turns its seconds into the figure."""
    answer(ready=setting)
    while True:
        asked()
        measure(work, value)


def measure(work, value=lambda seconds: seconds):
    """Measures work once and answers with its figure and the processor's seconds, all threads together."""
    processor = time.process_time()
    took = seconds(work)
    answer(value=value(took), processor=time.process_time() - processor)
