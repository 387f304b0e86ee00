const NAME = /^(utility|standard|action|custom|doctype):([a-zA-Z0-9_]+)$/;

export function isIconName(name) {
    return NAME.test(name ?? '');
}

/** The address of an icon in SLDS's own sprite, shipped as published. */
export function spriteAddress(name) {
    const [, sprite, symbol] = NAME.exec(name ?? '') ?? [];
    return sprite ? `/asset/slds/${sprite}.svg#${symbol}` : undefined;
}

export function iconClass(name) {
    const [, sprite, symbol] = NAME.exec(name ?? '') ?? [];
    const circle = sprite === 'action' ? 'slds-icon_container_circle ' : '';
    const kind = sprite ? `${circle}slds-icon-${sprite}-${symbol.replaceAll('_', '-')}` : '';
    return `slds-icon_container ${kind}`.trim();
}
