const loaded = new Map();

function load(address, make) {
    if (!loaded.has(address)) {
        loaded.set(
            address,
            new Promise((resolve, reject) => {
                const element = make();
                element.addEventListener('load', () => resolve());
                element.addEventListener('error', () =>
                    reject(new Error(`lightning/platformResourceLoader encountered an error loading '${address}'`))
                );
                document.head.append(element);
            })
        );
    }
    return loaded.get(address);
}

export function loadScript(component, address) {
    return load(address, () => Object.assign(document.createElement('script'), { src: address }));
}

export function loadStyle(component, address) {
    return load(address, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address }));
}
