import { LightningElement, api } from 'lwc';

export default class Avatar extends LightningElement {
    @api alternativeText = '';
    @api fallbackIconName;
    @api initials;
    @api size = 'medium';
    @api src;
    @api variant = 'square';

    get avatarClass() {
        const circle = this.variant === 'circle' ? 'slds-avatar_circle' : '';
        return `slds-avatar slds-avatar_${this.size} ${circle}`.trim();
    }

    get initialsClass() {
        const icon = this.fallbackIconName?.replace(':', '-').replaceAll('_', '-');
        return `slds-avatar__initials slds-icon-${icon ?? 'standard-user'}`;
    }

    get showInitials() {
        return !this.src && Boolean(this.initials);
    }

    get showIcon() {
        return !this.src && !this.initials;
    }

    get icon() {
        return this.fallbackIconName || 'standard:user';
    }
}
