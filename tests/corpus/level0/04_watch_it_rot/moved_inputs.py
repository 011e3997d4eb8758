#| wrong spread-of-the-daily-means earned=1.5 says="larger homes"
def moved_inputs(predictions, spell):
    means = predictions.groupby("day")[FEATURES].mean()
    normal, during = means[means.index < 30], means.loc[spell[0] : spell[1]]
    return [f for f in FEATURES if abs(during[f].mean() - normal[f].mean()) > 3 * normal[f].std()]

#| wrong names-the-one-that-moved-most earned<1.5
def moved_inputs(predictions, spell):
    normal = predictions[predictions["day"] < 30][FEATURES]
    during = predictions[predictions["day"].between(*spell)][FEATURES]
    return [((during.mean() - normal.mean()).abs() / normal.std()).idxmax()]

#| wrong only-looks-at-the-tax earned<2 says="no input"
def moved_inputs(predictions, spell):
    normal = predictions[predictions["day"] < 30]["tax"]
    during = predictions[predictions["day"].between(*spell)]["tax"]
    return ["tax"] if abs(during.mean() - normal.mean()) > normal.std() else []

#| wrong only-when-it-grew earned<2
def moved_inputs(predictions, spell):
    normal = predictions[predictions["day"] < 30][FEATURES]
    during = predictions[predictions["day"].between(*spell)][FEATURES]
    return [f for f in FEATURES if during[f].mean() - normal[f].mean() > normal[f].std()]

#| wrong nothing-ever-moves says="No input was found"
def moved_inputs(predictions, spell):
    return []

#| right with-numpy-and-a-loop
def moved_inputs(predictions, spell):
    found = []
    for name in FEATURES:
        values, day = predictions[name].to_numpy(float), predictions["day"].to_numpy()
        then, now = values[day < 30], values[(day >= spell[0]) & (day <= spell[1])]
        if abs(np.nanmean(now) - np.nanmean(then)) > np.nanstd(then):
            found.append(name)
    return found
