#| wrong straight-only earned=2 says="target is 3 %"
def fit_pipeline(train, seed):
    return make_pipeline(StandardScaler(), LinearRegression()).fit(train[FEATURES], train["medv"])

#| wrong scaled-outside earned=1 says="scaling inside the pipeline"
def fit_pipeline(train, seed):
    X = StandardScaler().fit_transform(train[FEATURES])
    return make_pipeline(PolynomialFeatures(2), LinearRegression()).fit(X, train["medv"])

#| wrong forest-without-a-seed earned=2 says="random_state"
def fit_pipeline(train, seed):
    return RandomForestRegressor(100).fit(train[FEATURES], train["medv"])

#| wrong the-shops-table earned=1 says="no table from outside"
def fit_pipeline(train, seed):
    model = make_pipeline(PolynomialFeatures(2), StandardScaler(), LinearRegression())
    return model.fit(houses[FEATURES], houses["medv"])

#| wrong target-among-the-features says="feature names"
def fit_pipeline(train, seed):
    return GradientBoostingRegressor(random_state=seed).fit(train, train["medv"])

#| wrong returned-before-it-was-fitted says="not fitted"
def fit_pipeline(train, seed):
    return make_pipeline(PolynomialFeatures(2), StandardScaler(), LinearRegression())

#| right gradient-boosting
def fit_pipeline(train, seed):
    return GradientBoostingRegressor(random_state=seed).fit(train[FEATURES], train["medv"])

#| right a-seeded-forest
def fit_pipeline(rows, seed):
    forest = RandomForestRegressor(n_estimators=200, min_samples_leaf=3, random_state=seed)
    return make_pipeline(StandardScaler(), forest).fit(rows[["rm", "tax", "age"]], rows.medv)

#| right support-vectors-on-the-logarithm
def fit_pipeline(train, seed):
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.svm import SVR

    model = TransformedTargetRegressor(make_pipeline(StandardScaler(), SVR(C=1.0, epsilon=0.02)), func=np.log, inverse_func=np.exp)
    return model.fit(train[FEATURES].to_numpy(), train["medv"].to_numpy())
