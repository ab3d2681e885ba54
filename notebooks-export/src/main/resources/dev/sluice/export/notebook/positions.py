positions = {}
for label in labelled:
    for i, share in enumerate(label["agreement"]):
        positions.setdefault(i + 1, []).append(share)
means = [(i, mean(shares)) for i, shares in sorted(positions.items())]
chart(
    "Agreement by the step's place in the solution",
    "step",
    "mean agreement",
    [("agreement", "#4477aa", [(i, y, y, y) for i, y in means])],
    0.5,
    1.0,
)
