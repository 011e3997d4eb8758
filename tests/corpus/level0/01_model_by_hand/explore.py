#| wrong correlation-without-abs earned=1.5 says="strong pull downwards"
def explore(table):
    pull = table[FEATURES].corrwith(table["medv"])
    return {
        "rows": len(table),
        "missing": int(table.isna().sum().sum()),
        "baseline": float(table["medv"].std(ddof=0)),
        "strongest": pull.idxmax(),
    }

#| wrong looks-at-the-global-table says="count the table that was passed in"
def explore(table):
    pull = houses[FEATURES].corrwith(houses["medv"]).abs()
    return {
        "rows": len(houses),
        "missing": int(houses.isna().sum().sum()),
        "baseline": float(houses["medv"].std(ddof=0)),
        "strongest": pull.idxmax(),
    }

#| wrong rows-with-gaps-are-dropped-first earned<1.5 says="before anything is dropped"
def explore(table):
    table = table.dropna()
    pull = table[FEATURES].corrwith(table["medv"]).abs()
    return {
        "rows": len(table),
        "missing": int(table.isna().sum().sum()),
        "baseline": float(table["medv"].std(ddof=0)),
        "strongest": pull.idxmax(),
    }

#| wrong mean-squared-without-root earned=1.5 says="root of the mean"
def explore(table):
    pull = table[FEATURES].corrwith(table["medv"]).abs()
    return {
        "rows": len(table),
        "missing": int(table.isna().sum().sum()),
        "baseline": float(np.mean((table["medv"] - table["medv"].mean()) ** 2)),
        "strongest": pull.idxmax(),
    }

#| wrong target-among-the-features earned=1.5 says="leave `medv` itself out"
def explore(table):
    return {
        "rows": table.shape[0],
        "missing": int(table.isnull().values.sum()),
        "baseline": float(np.sqrt(np.mean((table["medv"] - table["medv"].mean()) ** 2))),
        "strongest": table.corr()["medv"].abs().idxmax(),
    }

#| wrong prints-and-returns-nothing says="return a dict"
def explore(table):
    print("rows", len(table), "baseline", table["medv"].std())

#| wrong returns-text says="return a dict"
def explore(table):
    return f"{len(table)} rows, baseline {table['medv'].std():.2f}, strongest rm"

#| right by-hand-with-numpy
def explore(df):
    prices_ = df["medv"].to_numpy()
    guess = np.mean(prices_)
    strength = {name: abs(df[name].corr(df["medv"])) for name in ["rm", "tax", "age"]}
    return dict(
        rows=df.shape[0],
        missing=df.isnull().to_numpy().sum(),
        baseline=np.sqrt(((prices_ - guess) ** 2).mean()),
        strongest=max(strength, key=strength.get),
    )

#| right sample-standard-deviation
def explore(table):
    return {
        "rows": len(table.index),
        "missing": table.isna().sum().sum(),
        "baseline": table["medv"].std(),
        "strongest": str(table.corr(numeric_only=True)["medv"].drop("medv").abs().sort_values().index[-1]),
    }
