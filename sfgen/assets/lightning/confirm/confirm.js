export default class LightningConfirm {
    static open({ message, label }) {
        return Promise.resolve(globalThis.confirm([label, message].filter(Boolean).join('\n\n')));
    }
}
