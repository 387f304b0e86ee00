import { LightningElement, api } from 'lwc';
import { oneOf, trimmed } from 'lightning/normalization';

const SIZES = ['x-small', 'small', 'medium', 'large'];

export default class Avatar extends LightningElement {
    @api alternativeText = '';
    @api fallbackIconName = '';
    @api initials;
    chosenSize = 'medium';
    chosenVariant = 'square';
    address = '';

    @api get size() {
        return this.chosenSize;
    }

    set size(value) {
        this.chosenSize = oneOf(value, SIZES, 'medium');
    }

    @api get src() {
        return this.address;
    }

    set src(value) {
        this.address = trimmed(value);
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, ['circle', 'square'], 'square');
    }

    /** A picture that can't be loaded is none. */
    handleError() {
        this.address = '';
    }

    get avatarClass() {
        const circle = this.variant === 'circle' ? 'slds-avatar_circle' : '';
        return `slds-avatar slds-avatar_${this.size} ${circle}`.trim();
    }

    get initialsClass() {
        const icon = this.fallbackIconName?.replace(':', '-').replaceAll('_', '-');
        return `slds-avatar__initials slds-icon-${icon || 'standard-user'}`;
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
