#| wrong groups-by-the-day-of-the-label says="day of a question"
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] <= today], known[known["day"] <= today]
    latest = known.drop_duplicates("request_id", keep="last")
    joined = latest.merge(predictions.drop(columns="day"), on="request_id", how="left")
    joined["off"] = (joined["price"] - joined["label"]).abs()
    g = joined.groupby("day")
    return pd.DataFrame({"asked": g.size(), "labelled": 1.0, "error": g["off"].mean()})

#| wrong inner-join says="without any label stays in"
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] <= today], known[known["day"] <= today]
    latest = known.drop_duplicates("request_id", keep="last")[["request_id", "label"]]
    joined = predictions.merge(latest, on="request_id")
    joined["off"] = (joined["price"] - joined["label"]).abs()
    g = joined.groupby("day")
    return pd.DataFrame({"asked": g.size(), "labelled": 1.0, "error": g["off"].mean()})

#| wrong corrected-labels-count-twice earned<4
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] <= today], known[known["day"] <= today]
    joined = predictions.merge(known[["request_id", "label"]], on="request_id", how="left")
    joined["off"] = (joined["price"] - joined["label"]).abs()
    g = joined.groupby("day")
    return pd.DataFrame({"asked": g.size(), "labelled": g["label"].apply(lambda s: s.notna().mean()), "error": g["off"].mean()})

#| wrong empty-becomes-zero earned<4 says="empty stays empty"
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] <= today], known[known["day"] <= today]
    latest = known.drop_duplicates("request_id", keep="last")[["request_id", "label"]]
    joined = predictions.merge(latest, on="request_id", how="left")
    joined["off"] = (joined["price"] - joined["label"]).abs()
    g = joined.groupby("day")
    labelled = g["label"].apply(lambda s: s.notna().mean())
    return pd.DataFrame({"asked": g.size(), "labelled": labelled, "error": g["off"].mean().fillna(0)})

#| wrong signed-error earned=2 says="absolute"
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] <= today], known[known["day"] <= today]
    latest = known.drop_duplicates("request_id", keep="last")[["request_id", "label"]]
    joined = predictions.merge(latest, on="request_id", how="left")
    joined["off"] = joined["price"] - joined["label"]
    g = joined.groupby("day")
    labelled = g["label"].apply(lambda s: s.notna().mean())
    return pd.DataFrame({"asked": g.size(), "labelled": labelled, "error": g["off"].mean()})

#| wrong uses-labels-that-have-not-come-yet earned=3 says="on that evening"
def quality_by_day(predictions, known, today=None):
    predictions = predictions[predictions["day"] <= (today or 1000)]
    latest = known.drop_duplicates("request_id", keep="last")[["request_id", "label"]]
    joined = predictions.merge(latest, on="request_id", how="left")
    joined["off"] = (joined["price"] - joined["label"]).abs()
    g = joined.groupby("day")
    labelled = g["label"].apply(lambda s: s.notna().mean())
    return pd.DataFrame({"asked": g.size(), "labelled": labelled, "error": g["off"].mean()})

#| wrong today-itself-is-left-out earned=3 says="on that evening"
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] < today], known[known["day"] < today]
    latest = known.drop_duplicates("request_id", keep="last")[["request_id", "label"]]
    joined = predictions.merge(latest, on="request_id", how="left")
    joined["off"] = (joined["price"] - joined["label"]).abs()
    g = joined.groupby("day")
    labelled = g["label"].apply(lambda s: s.notna().mean())
    return pd.DataFrame({"asked": g.size(), "labelled": labelled, "error": g["off"].mean()})

#| right dictionary-and-map
def quality_by_day(predictions, known, today=None):
    if today is not None:
        predictions, known = predictions[predictions["day"] <= today], known[known["day"] <= today]
    table = predictions.copy()
    table["label"] = table["request_id"].map(dict(zip(known["request_id"], known["label"])))
    rows = {}
    for day, part in table.groupby("day"):
        off = (part["price"] - part["label"]).abs()
        rows[day] = {"asked": len(part), "labelled": part["label"].notna().mean(), "error": off.mean()}
    return pd.DataFrame.from_dict(rows, orient="index")
