// On the page of one set of base components: makes them, sets properties, tells what is shown.
(() => {
    const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const FACTS = ['type', 'disabled', 'readonly', 'required', 'maxlength', 'minlength', 'min', 'max', 'step', 'pattern',
        'title', 'href', 'target', 'alt', 'src', 'placeholder', 'autocomplete', 'role', 'aria-label', 'aria-expanded',
        'aria-pressed', 'aria-valuenow', 'aria-selected', 'name', 'value', 'accesskey', 'checked'];

    window.read = (value) => {
        if (value === undefined) { return 'undefined'; }
        if (typeof value === 'number' && !Number.isFinite(value)) { return String(value); }
        if (value instanceof Date) { return `Date ${value.getTime()}`; }
        if (typeof value === 'function') { return 'method'; }
        try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
    };

    // What JSON has no word for.
    const SPECIAL = {
        undefined: () => undefined, NaN: () => NaN, Infinity: () => Infinity, Date: (at) => new Date(at), object: () => ({}),
        function: () => () => 'a'
    };
    const write = (value) =>
        value && typeof value === 'object' && 'ago' in value ? Date.now() - value.ago * 1000 :
        value && typeof value === 'object' && value.special ? SPECIAL[value.special](value.of) : value;

    const settle = () => new Promise((done) => setTimeout(done, 15));

    function nodes(root, path) {
        const found = window.find.call(document, path, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
        return Array.from({ length: found.snapshotLength }, (_, index) => found.snapshotItem(index));
    }

    async function makeOne(name, values) {
        const { default: Component } = await import(`/lightning/${name}/${name}.js`);
        const element = window.make(`lightning-${kebab(name)}`, { is: Component });
        for (const [key, value] of Object.entries(values)) {
            element[key] = write(value);
        }
        return element;
    }

    const attempt = (one, act) => {
        try {
            return act();
        } catch (error) {
            one.told.thrown = true;
            one.told.error = String(error);
            return undefined;
        }
    };

    // All cases at once: the engine renders them together, and only once is waited.
    window.tryValues = async (name, cases) => {
        const { default: Component } = await import(`/lightning/${name}/${name}.js`);
        const ignore = (event) => event.preventDefault();
        window.addEventListener('error', ignore);
        const tried = cases.map((given) => ({ ...given, told: { thrown: false } }));
        for (const one of tried) {
            attempt(one, () => {
                one.element = window.make(`lightning-${kebab(name)}`, { is: Component });
                for (const [key, value] of Object.entries(one.base ?? {})) {
                    one.element[key] = write(value);
                }
                document.body.append(one.element);
            });
        }
        await settle();
        for (const one of tried) {
            attempt(one, () => {
                if (one.key) {
                    one.element[one.key] = write(one.value);
                }
            });
        }
        await settle();
        for (const one of tried.filter(({ validate }) => validate)) {
            one.told.valid = one.element.checkValidity();
            one.told.reported = one.element.reportValidity?.();
        }
        await settle();
        for (const one of tried) {
            attempt(one, () => look(one));
            one.element?.remove();
        }
        window.removeEventListener('error', ignore);
        return tried.map(({ told }) => told);
    };

    function look({ element, key, told }) {
        told.read = key ? window.read(element[key]) : '';
        told.text = window.textOf.call(element).replace(/\s+/g, ' ').trim();
        told.host = [...element.classList].sort().join(' ');
        told.controls = nodes(element, './/input|.//textarea|.//button|.//a|.//img|.//abbr|.//time').map((node) => ({
            tag: node.localName,
            ...Object.fromEntries(FACTS.filter((fact) => node.hasAttribute(fact)).map((fact) => [fact, node.getAttribute(fact)]))
        }));
    }

    window.listProperties = async (name) => {
        const { default: Component } = await import(`/lightning/${name}/${name}.js`);
        const { props, methods } = window.define(Component);
        const element = await makeOne(name, {});
        return {
            ...Object.fromEntries(Object.keys(props).map((key) => [key, window.read(element[key])])),
            ...Object.fromEntries(Object.keys(methods).map((key) => [key, 'method']))
        };
    };
})();
