import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import {
    EnclosingUtilityId,
    updateUtility
} from 'lightning/platformUtilityBarApi';
import { label } from 'c/pusherLabels';
import { loadMoreNews, tryAgainNews, watchNews } from 'c/pusherNews';

const NavigatingElement = NavigationMixin(LightningElement);

/** The utility bar's item: what is unread and from whom, and one chat at a time. */
export default class PusherNotifications extends NavigatingElement {
    label = label;
    news = { conversations: [] };
    chosen = null;

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

    renderedCallback() {
        if (this.lastChosenId && !this.chosen) {
            this.refs.rows.focusRow(this.lastChosenId);
            this.lastChosenId = '';
        }
    }

    handleChoose(event) {
        const { conversations } = this.news;
        this.chosen = conversations.find(({ id }) => id === event.detail);
    }

    handleClose() {
        this.lastChosenId = this.chosen.id;
        this.chosen = null;
    }

    handleRecord() {
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: {
                recordId: this.chosen.recordId,
                actionName: 'view'
            }
        });
    }

    handleRetry() {
        tryAgainNews();
    }

    handleMore() {
        loadMoreNews();
    }

    show(news) {
        const isOther = news.utilityLabel !== this.news.utilityLabel;
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
