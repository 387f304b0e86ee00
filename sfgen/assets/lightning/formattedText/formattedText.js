import { LightningElement, api } from 'lwc';
import { flag } from 'lightning/normalization';

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

export default class FormattedText extends LightningElement {
    @api value = '';
    links = false;

    @api get linkify() {
        return this.links;
    }

    set linkify(value) {
        this.links = flag(value);
    }

    /** Only a text is shown: a number, as any other value, is not. */
    get parts() {
        const text = typeof this.value === 'string' ? this.value : '';
        const parts = [];
        const add = (part) => parts.push({ key: parts.length, ...part });
        const addText = (piece) =>
            piece.split(/\r\n|\r|\n/).forEach((line, index) => {
                if (index) {
                    add({ isBreak: true });
                }
                add({ text: line });
            });
        let start = 0;
        for (const match of this.links ? text.matchAll(LINK) : []) {
            addText(text.slice(start, match.index));
            add({ text: match[0], link: match[0].includes('://') ? match[0] : `mailto:${match[0]}` });
            start = match.index + match[0].length;
        }
        addText(text.slice(start));
        return parts;
    }
}
