import { LightningElement, api } from 'lwc';
import { isIconName, spriteAddress } from 'lightning/iconSprite';
import { flag, oneOf } from 'lightning/normalization';

export default class MenuItem extends LightningElement {
    @api accessKey = null;
    @api download;
    @api draftAlternativeText;
    @api href;
    @api iconName;
    @api label;
    @api prefixIconName;
    @api value;
    isChecked;
    isDisabled = false;
    isNew = false;
    place = null;

    @api get checked() {
        return this.isChecked;
    }

    set checked(value) {
        const plain = typeof value === 'string' ? oneOf(value, ['true', 'false'], 'false') === 'true' : value;
        this.isChecked = plain === undefined ? undefined : Boolean(plain);
        this.classList.toggle('slds-is-selected', this.isChecked === true);
    }

    @api get disabled() {
        return this.isDisabled;
    }

    set disabled(value) {
        this.isDisabled = flag(value);
    }

    /** Coloured icons in menus are a feature that orgs have switched off. */
    @api get iconType() {
        return 'standard';
    }

    set iconType(value) {
        this.askedType = value;
    }

    @api get isDraft() {
        return this.isNew;
    }

    set isDraft(value) {
        this.isNew = flag(value);
    }

    @api get target() {
        return this.place;
    }

    set target(value) {
        this.place = oneOf(value, ['_self', '_blank'], null);
    }

    @api focus() {
        this.link.focus();
    }

    @api click() {
        this.link.click();
    }

    connectedCallback() {
        this.setAttribute('role', 'presentation');
    }

    get link() {
        return this.template.querySelector('a');
    }

    get address() {
        return this.href || 'javascript:void(0)';
    }

    get isBox() {
        return this.isChecked !== undefined;
    }

    get itemRole() {
        return this.isBox ? 'menuitemcheckbox' : 'menuitem';
    }

    get spokenChecked() {
        return this.isBox ? String(this.isChecked) : null;
    }

    get spokenDisabled() {
        return String(this.isDisabled);
    }

    get suffix() {
        return isIconName(this.iconName) ? spriteAddress(this.iconName) : '';
    }

    get prefix() {
        return isIconName(this.prefixIconName) ? spriteAddress(this.prefixIconName) : '';
    }

    handleClick(event) {
        if (this.isDisabled) {
            event.preventDefault();
            event.stopPropagation();
            return;
        }
        if (!this.href) {
            event.preventDefault();
        }
        if (!this.href || this.value) {
            const detail = { value: this.value };
            this.dispatchEvent(new CustomEvent('menuselect', { bubbles: true, composed: true, cancelable: true, detail }));
        }
    }
}
