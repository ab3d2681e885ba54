bins = [0] * 10
for share in agreement:
    bins[min(9, max(0, int((share - 0.5) * 20)))] += 1
bars(
    "Agreement of the votes on each labelled step",
    "share of the votes that agree, lower end of each bar",
    "steps",
    [(f"{0.5 + 0.05 * i:.2f}", count) for i, count in enumerate(bins)],
)
