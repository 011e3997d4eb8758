#| wrong whole-error-not-above-normal says="the whole error"
def cost_of(daily, spell, per_thousand=5):
    days = daily.loc[spell[0] : spell[1]]
    return float((days["error"].fillna(days["error"].mean()) * days["asked"]).sum() * per_thousand)

#| wrong forgets-the-number-of-questions says="for each question"
def cost_of(daily, spell, per_thousand=5):
    normal = daily.loc[daily.index < 30, "error"].mean()
    days = daily.loc[spell[0] : spell[1]]
    return float((days["error"] - normal).clip(lower=0).sum() * per_thousand)

#| wrong unknown-days-cost-nothing earned=1.5 says="have no label"
def cost_of(daily, spell, per_thousand=5):
    normal = daily.loc[daily.index < 30, "error"].mean()
    days = daily.loc[spell[0] : spell[1]]
    return float(((days["error"] - normal).clip(lower=0) * days["asked"]).sum() * per_thousand)

#| wrong price-is-fixed earned=1.5 says="per_thousand"
def cost_of(daily, spell, per_thousand=5):
    normal = daily.loc[daily.index < 30, "error"].mean()
    days = daily.loc[spell[0] : spell[1]]
    above = (days["error"] - normal).clip(lower=0)
    known = above.notna()
    above = above.fillna((above[known] * days["asked"][known]).sum() / days["asked"][known].sum())
    return float((above * days["asked"]).sum() * 5)

#| wrong last-day-left-out says="without its last day"
def cost_of(daily, spell, per_thousand=5):
    normal = daily.loc[daily.index < 30, "error"].mean()
    days = daily[(daily.index >= spell[0]) & (daily.index < spell[1])]
    above = (days["error"] - normal).clip(lower=0)
    known = above.notna()
    above = above.fillna((above[known] * days["asked"][known]).sum() / days["asked"][known].sum())
    return float((above * days["asked"]).sum() * per_thousand)

#| wrong in-dollars-instead-of-thousands says="thousands twice"
def cost_of(daily, spell, per_thousand=5):
    normal = daily.loc[daily.index < 30, "error"].mean()
    days = daily.loc[spell[0] : spell[1]]
    above = 1000 * (days["error"] - normal).clip(lower=0)
    above = above.fillna(above.mean())
    return float((above * days["asked"]).sum() * per_thousand)

#| right with-a-loop
def cost_of(daily, spell, per_thousand=5):
    normal = daily["error"].loc[:29].mean()
    lost, known, unknown = 0.0, 0, 0
    for day in range(spell[0], spell[1] + 1):
        row = daily.loc[day]
        if np.isnan(row["error"]):
            unknown += row["asked"]
        else:
            known += row["asked"]
            lost += max(0.0, row["error"] - normal) * row["asked"]
    return (lost + lost / known * unknown) * per_thousand
