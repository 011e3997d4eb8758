#| wrong every-day-above-the-mean
def bad_spells(daily):
    error = daily["error"].dropna()
    return [(d, d) for d in error.index[error > error[error.index < 30].mean()]]

#| wrong compares-with-the-whole-half-year earned<4
def bad_spells(daily):
    error = daily["error"].dropna()
    bad = error.index[error > error.mean() + 2 * error.std()]
    return [(int(bad.min()), int(bad.max()))] if len(bad) else []

#| wrong only-the-worst-spell earned<4
def bad_spells(daily):
    error = daily["error"].dropna().rolling(5, min_periods=1).mean()
    normal = error[error.index < 30]
    bad = error.index[error > normal.mean() + 6 * normal.std()]
    return [(int(bad.max()) - 20, int(bad.max()))]

#| wrong reports-nothing
def bad_spells(daily):
    return []

#| wrong known-dates
def bad_spells(daily):
    return [(20, 30), (140, 180)]

#| right rolling-mean-and-run-lengths
def bad_spells(daily):
    e = daily["error"].dropna()
    smooth = e.rolling(5, min_periods=1, center=True).mean()
    start = smooth.loc[:29]
    hot = smooth > 1.3 * start.mean()
    found, run = [], []
    for day, is_hot in hot.items():
        if is_hot:
            if run and day - run[-1] > 7:
                found.append(run)
                run = []
            run.append(day)
    if run:
        found.append(run)
    return [(r[0], r[-1]) for r in found if r[-1] - r[0] >= 5]
