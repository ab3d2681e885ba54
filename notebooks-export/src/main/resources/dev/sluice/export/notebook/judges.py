metrics = final(ARTIFACTS["evaluation"])
judges = [("untrained verifier", ""), ("trained reward model", "prm_")]
ways = ["one_vote", "greedy", "majority"]
table(
    ["first-error F1", "one vote", "greedy", "majority"],
    [
        [name] + [interval(metrics.get(f"first_error_f1/{prefix}{way}")) for way in ways]
        for name, prefix in judges
        if any(f"first_error_f1/{prefix}{way}" in metrics for way in ways)
    ],
)
