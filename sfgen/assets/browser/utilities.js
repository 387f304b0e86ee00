// The utility bar: what lightning/platformUtilityBarApi can ask and change.
const items = new Map();
let enclosing;

class Utility {
    constructor(root) {
        this.root = root;
        this.id = `utility-${root.dataset.utility}`;
        this.button = root.querySelector('.preview-utility-item');
        this.panel = root.querySelector('.preview-utility-panel');
        this.body = root.querySelector('.preview-utility-body');
        this.label = root.querySelector('.preview-utility-label');
        this.listeners = [];
        this.loaded = false;
        this.panelHeader = this.label.textContent;
        this.button.addEventListener('click', () => this.show(this.panel.hidden));
        root.querySelector('.preview-utility-minimize').addEventListener('click', () => this.show(false));
        root.addEventListener('keydown', ({ key }) => {
            if (key === 'Escape' && !this.panel.hidden) {
                this.show(false);
                this.button.focus();
            }
        });
    }

    show(shown) {
        this.panel.hidden = !shown;
        this.button.setAttribute('aria-expanded', String(shown));
        if (shown) {
            this.button.classList.remove('is-highlighted');
            for (const other of items.values()) {
                if (other !== this && !other.panel.hidden) {
                    other.show(false);
                }
            }
            this.load?.();
        }
        this.listeners.forEach((listener) => listener({ panelVisible: shown }));
        sessionStorage.setItem(`sfgen-${this.id}`, shown ? 'open' : '');
    }

    info() {
        return {
            id: this.id,
            utilityLabel: this.label.textContent,
            utilityIcon: this.icon,
            utilityHighlighted: this.button.classList.contains('is-highlighted'),
            utilityVisible: !this.panel.hidden,
            isLoaded: this.loaded,
            panelHeaderLabel: this.panelHeader
        };
    }
}

function find(id) {
    const item = items.get(id);
    if (!item) {
        throw new Error(`no utility ${id}`);
    }
    return item;
}

export function register(root) {
    const item = new Utility(root);
    items.set(item.id, item);
    return item;
}

export const utilities = {
    during(item, act) {
        enclosing = item?.id;
        try {
            return act();
        } finally {
            enclosing = undefined;
        }
    },
    enclosing: () => enclosing,
    all: () => [...items.values()].map((item) => item.info()),
    info: (id) => find(id).info(),
    open: (id) => find(id).show(true),
    minimize: (id) => find(id).show(false),
    onClick: (id, listener) => find(id).listeners.push(listener),
    update(id, { label, icon, highlighted }) {
        const item = find(id);
        if (label !== undefined) {
            item.label.textContent = label;
        }
        if (icon !== undefined) {
            item.icon = icon;
            item.button.querySelector('use').setAttribute('href', `/asset/slds/utility.svg#${icon}`);
        }
        if (highlighted !== undefined) {
            item.button.classList.toggle('is-highlighted', highlighted);
        }
    },
    updatePanel(id, { label, icon, width, height }) {
        const { panel } = find(id);
        if (label !== undefined) {
            panel.querySelector('h2').textContent = label;
        }
        if (icon !== undefined) {
            panel.dataset.icon = icon;
        }
        panel.style.width = width ? `${width}px` : panel.style.width;
        panel.style.height = height ? `${height}px` : panel.style.height;
    }
};
