export default class LightningAlert {
    static open({ message, label }) {
        globalThis.alert([label, message].filter(Boolean).join('\n\n'));
        return Promise.resolve();
    }
}
