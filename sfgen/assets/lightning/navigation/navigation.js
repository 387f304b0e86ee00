import { addressOf, navigate } from '/asset/browser/navigation.js';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

export const NavigationMixin = (Base) =>
    class extends Base {
        [Navigate](reference, replace) {
            navigate(reference, replace);
        }

        [GenerateUrl](reference) {
            return Promise.resolve(addressOf(reference));
        }
    };

NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

export class CurrentPageReference {
    constructor(dataCallback) {
        this.dataCallback = dataCallback;
    }

    connect() {
        this.dataCallback(globalThis.sfgenPreview.pageReference);
    }

    disconnect() {}

    update() {}
}

export { navigate, addressOf as generateUrl };
