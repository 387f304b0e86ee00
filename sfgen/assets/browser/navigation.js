// Page references to addresses of this preview, as lightning/navigation gives them.
import { showToast } from './toasts.js';

const PAGES = {
    standard__recordPage: ({ recordId, objectApiName }) => `/lightning/r/${objectApiName ?? 'Record'}/${recordId}/view`,
    standard__namedPage: ({ pageName }) => `/lightning/page/${pageName ?? 'home'}`,
    standard__navItemPage: ({ apiName }) => `/lightning/n/${apiName}`,
    standard__component: ({ componentName }) => `/lightning/cmp/${componentName}`,
    standard__webPage: ({ url }) => url
};

export function addressOf({ type, attributes = {} }) {
    return PAGES[type]?.(attributes);
}

export function navigate(reference, replace = false) {
    const address = addressOf(reference);
    if (!address) {
        showToast({ variant: 'info', title: 'Navigation', message: `${reference.type} leads into the org` });
    } else if (reference.type === 'standard__webPage') {
        window.open(address, '_blank', 'noopener');
    } else if (replace) {
        location.replace(address);
    } else {
        location.assign(address);
    }
}
