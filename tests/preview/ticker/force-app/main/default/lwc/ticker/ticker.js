import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import CHIMES from '@salesforce/resourceUrl/Chimes';
import PUSHER from '@salesforce/resourceUrl/PusherJs';

export default class Ticker extends LightningElement {
    quotes = [];

    async connectedCallback() {
        await Promise.all([loadScript(this, PUSHER + '/pusher.min.js'), loadScript(this, CHIMES + '/chimes.js')]);
        window.Pusher.Runtime.getProtocol = () => window.location.protocol;
        this.chimes = new window.Chimes();
        this.pusher = new window.Pusher('a-key', { cluster: 'eu' });
        this.pusher.subscribe('quotes').bind('quote', ({ text }) => {
            this.quotes = [...this.quotes, { key: this.quotes.length, text }];
            this.chimes.ring();
        });
    }

    disconnectedCallback() {
        this.pusher?.disconnect();
    }
}
