#| wrong every-day-above-the-mean says="you report"
def bad_spells(daily):
    error = daily["error"].dropna()
    return [(d, d) for d in error.index[error > error[error.index < 30].mean()]]

#| wrong compares-with-the-whole-half-year earned<4
def bad_spells(daily):
    error = daily["error"].dropna()
    bad = error.index[error > error.mean() + 2 * error.std()]
    return [(int(bad.min()), int(bad.max()))] if len(bad) else []

#| wrong only-the-longest-spell earned=3 says="there were 2 bad spells, you report 1"
def bad_spells(daily):
    error = daily["error"].dropna().rolling(3, min_periods=1, center=True).median()
    spells = []
    for day in error.index[error > 1.3 * error[error.index < 30].mean()]:
        if spells and day - spells[-1][1] <= 7:
            spells[-1][1] = int(day)
        else:
            spells.append([int(day), int(day)])
    return sorted([(a, b) for a, b in spells if b - a >= 4], key=lambda s: s[1] - s[0])[-1:]

#| wrong positions-instead-of-days earned<4
def bad_spells(daily):
    error = daily["error"].dropna().rolling(3, min_periods=1, center=True).median().reset_index(drop=True)
    spells = []
    for place in error.index[error > 1.3 * error[:30].mean()]:
        if spells and place - spells[-1][1] <= 7:
            spells[-1][1] = int(place)
        else:
            spells.append([int(place), int(place)])
    return [(a + 20, b + 20) for a, b in spells if b - a >= 4]

#| wrong one-odd-day-is-a-spell earned=3 says="there were no bad spells, you report 1"
def bad_spells(daily):
    error = daily["error"].dropna()
    spells = []
    for day in error.index[error > 1.35 * error[error.index < 30].mean()]:
        if spells and day - spells[-1][1] <= 7:
            spells[-1][1] = int(day)
        else:
            spells.append([int(day), int(day)])
    return [(a, b) for a, b in spells]

#| wrong reports-nothing says="No bad spell was found"
def bad_spells(daily):
    return []

#| wrong the-days-of-the-own-flight earned<3
def bad_spells(daily):
    return [(77, 87), (111, 178)]

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

#| right five-standard-deviations-of-a-trailing-median
def bad_spells(daily):
    e = daily["error"].dropna()
    first = e[e.index < 30]
    hot = [d for d, v in e.rolling(3, min_periods=1).median().items() if v > first.mean() + 5 * first.std()]
    spells = []
    for d in hot:
        if spells and d - spells[-1][-1] < 7:
            spells[-1].append(d)
        else:
            spells.append([d])
    return [[s[0], s[-1]] for s in spells if len(s) >= 5]
