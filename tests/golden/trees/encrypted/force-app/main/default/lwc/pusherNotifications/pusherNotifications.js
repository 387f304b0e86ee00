import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import {
    EnclosingUtilityId,
    updateUtility
} from 'lightning/platformUtilityBarApi';
import { watchNews } from 'c/pusherNews';

const NavigatingElement = NavigationMixin(LightningElement);

/** The utility bar's item: how many texts are unread, and from whom. */
export default class PusherNotifications extends NavigatingElement {
    news = { conversations: [] };

    @wire(EnclosingUtilityId)
    handleUtility(utilityId) {
        this.utilityId = utilityId;
        this.highlight();
    }

    connectedCallback() {
        this.stopWatching = watchNews((news) => this.show(news));
    }

    disconnectedCallback() {
        this.stopWatching();
    }

    handleOpen(event) {
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: {
                recordId: event.target.dataset.record,
                actionName: 'view'
            }
        });
    }

    show(news) {
        const isOther = news.unread !== this.news.unread;
        this.news = news;
        if (isOther) {
            this.highlight();
        }
    }

    highlight() {
        if (this.utilityId) {
            updateUtility(this.utilityId, {
                label: this.news.utilityLabel,
                highlighted: this.news.unread > 0
            });
        }
    }
}
