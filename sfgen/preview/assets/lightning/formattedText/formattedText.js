import { LightningElement, api } from 'lwc';

const LINK = /https?:\/\/[^\s<>"']+/g;

export default class FormattedText extends LightningElement {
    @api linkify = false;
    @api value;

    get parts() {
        const text = String(this.value ?? '');
        if (!this.linkify) {
            return [{ key: 0, text }];
        }
        const parts = [];
        let start = 0;
        for (const match of text.matchAll(LINK)) {
            parts.push({ key: parts.length, text: text.slice(start, match.index) });
            parts.push({ key: parts.length, text: match[0], link: match[0] });
            start = match.index + match[0].length;
        }
        parts.push({ key: parts.length, text: text.slice(start) });
        return parts;
    }
}
