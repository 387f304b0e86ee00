// Salesforce's own Aura components that are no Lightning web components here.
import { createElement } from 'lwc';
import { navigate, addressOf } from '../navigation.js';
import { showToast } from '../toasts.js';
import { utilities } from '../utilities.js';
import { findModule } from './definitions.js';

const literal = (name, attributes, ...content) => ({ space: '', name, values: attributes, content });
const text = (value) => ({ text: value });

function parts({ content }) {
    const found = { body: [] };
    for (const node of content) {
        if (node.space === 'aura' && node.name === 'set') {
            found[node.values.attribute] = node.content;
        } else {
            found.body.push(node);
        }
    }
    return found;
}

function card(node) {
    const { title, footer = [], actions = [], body } = { title: undefined, ...parts(node) };
    const heading = title ?? [text(node.values.title ?? '')];
    const header = literal(
        'header',
        { class: 'slds-media slds-media_center slds-has-flexi-truncate' },
        ...(node.values.iconName ? [literal('div', { class: 'slds-media__figure' }, { icon: node.values.iconName })] : []),
        literal(
            'div',
            { class: 'slds-media__body' },
            literal('h2', { class: 'slds-card__header-title' }, literal('span', { class: 'slds-text-heading_small slds-truncate' }, ...heading))
        ),
        ...(actions.length ? [literal('div', { class: 'slds-no-flex' }, ...actions)] : [])
    );
    return literal(
        'article',
        { class: 'slds-card' },
        literal('div', { class: 'slds-card__header slds-grid' }, header),
        literal('div', { class: 'slds-card__body' }, ...body),
        ...(footer.length ? [literal('footer', { class: 'slds-card__footer' }, ...footer)] : [])
    );
}

const layout = (node) => literal('div', { class: node.values.multipleRows ? 'slds-grid slds-wrap' : 'slds-grid' }, ...node.content);

function layoutItem({ values, content }) {
    const size = values.size ? ` slds-size_${values.size}-of-12` : '';
    return literal('div', { class: `slds-col${size}` }, ...content);
}

const DRAWN = { card, layout, layoutItem };

/** Promises, as the API components give; the utility is the one that the component stands in. */
const SERVICES = {
    utilityBarAPI: ({ item }) => {
        const act = (name) => async (given = {}) => {
            const id = given.utilityId ?? item?.id;
            if (!id) {
                throw new Error('the component stands in no utility');
            }
            return ACTS[name](id, given);
        };
        const ACTS = {
            getUtilityInfo: (id) => utilities.info(id),
            minimizeUtility: (id) => utilities.minimize(id) ?? true,
            onUtilityClick: (id, { eventHandler }) => utilities.onClick(id, eventHandler) && true,
            openUtility: (id) => utilities.open(id) ?? true,
            setPanelHeaderLabel: (id, { label }) => utilities.updatePanel(id, { label }) ?? true,
            setUtilityHighlighted: (id, { highlighted }) => utilities.update(id, { highlighted }) ?? true,
            setUtilityIcon: (id, { icon }) => utilities.update(id, { icon }) ?? true,
            setUtilityLabel: (id, { label }) => utilities.update(id, { label }) ?? true
        };
        const api = Object.fromEntries(Object.keys(ACTS).map((name) => [name, act(name)]));
        return {
            ...api,
            getEnclosingUtilityId: async () => item?.id ?? false,
            getAllUtilityInfo: async () => utilities.all()
        };
    },
    navigation: () => ({
        navigate: (reference, replace) => navigate(reference, replace),
        generateUrl: async (reference) => addressOf(reference)
    }),
    notificationsLibrary: () => ({ showToast: (toast) => showToast(toast), showNotice: (notice) => showToast(notice) })
};

export const isStandard = (name) => name in DRAWN || name in SERVICES;

class Icon {
    constructor(value, scope) {
        this.value = scope.bind(value);
        this.element = createElement('lightning-icon', { is: findModule('lightning', 'icon').default });
        this.element.size = 'small';
        this.update();
    }

    nodes() {
        return [this.element];
    }

    update() {
        this.element.iconName = this.value.get();
        return false;
    }

    destroy() {}
}

export const drawIcon = ({ icon }, scope) => new Icon(icon, scope);

/** The two kinds of blocks are handed over: the module that has them imports this one. */
export function drawStandard(node, scope, { Html, Invisible }) {
    if (node.name in DRAWN) {
        return new Html(DRAWN[node.name](node), scope);
    }
    return new Invisible(node, scope, { ...SERVICES[node.name](scope.component), isValid: () => true });
}
