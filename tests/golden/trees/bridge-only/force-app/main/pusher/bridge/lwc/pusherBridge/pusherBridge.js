import { LightningElement } from 'lwc';
import { offerFrame } from 'c/pusherBridgeClient';
import { label } from 'c/pusherLabels';

/** The frame around the page that holds the socket, outside Lightning's sandbox. */
export default class PusherBridge extends LightningElement {
    pageUrl;
    label = label;

    connectedCallback() {
        this.withdraw = offerFrame({
            show: (pageUrl) => {
                this.pageUrl = pageUrl;
            },
            getWindow: () => this.refs.frame?.contentWindow
        });
    }

    disconnectedCallback() {
        this.withdraw();
    }
}
