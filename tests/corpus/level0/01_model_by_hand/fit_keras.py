#| wrong as-jonas-left-it earned=1 says="RMSE"
def fit_keras(train, seed, epochs=20):
    X, y = train[FEATURES].to_numpy("float32"), train["medv"].to_numpy("float32")
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
    return model

#| wrong seed-is-not-used earned=2 says="Trained twice with one seed"
def fit_keras(train, seed, epochs=20):
    X, y = train[FEATURES].to_numpy("float32"), train["medv"].to_numpy("float32")
    norm = keras.layers.Normalization()
    norm.adapt(X)
    model = keras.Sequential([keras.layers.Input((3,)), norm, keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.3), loss="mse")
    model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
    return model

#| wrong always-the-shops-table earned=1 says="no table from outside"
def fit_keras(train, seed, epochs=20):
    X, y = houses[FEATURES].to_numpy("float32"), houses["medv"].to_numpy("float32")
    keras.utils.set_random_seed(seed)
    norm = keras.layers.Normalization()
    norm.adapt(X)
    model = keras.Sequential([keras.layers.Input((3,)), norm, keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.3), loss="mse")
    model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
    return model

#| wrong scaled-outside-the-model earned=1 says="guessing the mean gives"
def fit_keras(train, seed, epochs=20):
    X, y = train[FEATURES].to_numpy("float32"), train["medv"].to_numpy("float32")
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.3), loss="mse")
    model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
    return model

#| wrong returns-the-history says="History"
def fit_keras(train, seed, epochs=20):
    X, y = train[FEATURES].to_numpy("float32"), train["medv"].to_numpy("float32")
    keras.utils.set_random_seed(seed)
    norm = keras.layers.Normalization()
    norm.adapt(X)
    model = keras.Sequential([keras.layers.Input((3,)), norm, keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.3), loss="mse")
    return model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)

#| wrong three-outputs says="model.fit("
def fit_keras(train, seed, epochs=20):
    X, y = train[FEATURES].to_numpy("float32"), train["medv"].to_numpy("float32")
    keras.utils.set_random_seed(seed)
    norm = keras.layers.Normalization()
    norm.adapt(X)
    model = keras.Sequential([keras.layers.Input((3,)), norm, keras.layers.Dense(3)])
    model.compile(optimizer=keras.optimizers.Adam(0.3), loss="mse")
    model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
    return model

#| right another-optimizer-no-validation
def fit_keras(data, seed, epochs=20):
    keras.utils.set_random_seed(seed)
    features = data[["rm", "tax", "age"]].values.astype("float32")
    scale = keras.layers.Normalization(axis=-1)
    scale.adapt(features)
    net = keras.Sequential([keras.Input(shape=(3,)), scale, keras.layers.Dense(units=1)])
    net.compile(loss="mean_squared_error", optimizer=keras.optimizers.SGD(0.05))
    net.fit(features, data["medv"].values, epochs=epochs, batch_size=32, verbose=0, validation_split=0.1)
    return net

#| right weights-instead-of-a-layer-adapted
def fit_keras(train, seed, epochs=20):
    keras.utils.set_random_seed(seed)
    X, y = train[FEATURES].to_numpy("float32"), train["medv"].to_numpy("float32")
    inputs = keras.Input((3,))
    z = keras.layers.Normalization(mean=X.mean(axis=0), variance=X.var(axis=0))(inputs)
    model = keras.Model(inputs, keras.layers.Dense(1, bias_initializer=keras.initializers.Constant(float(y.mean())))(z))
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    model.fit(X, y, epochs=epochs, validation_split=0.2, verbose=0)
    return model
