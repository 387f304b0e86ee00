import { LightningElement, api } from 'lwc';
import { flag, oneOf } from 'lightning/normalization';

const ALIGNMENTS = ['auto', 'left', 'center', 'right', 'bottom-left', 'bottom-center', 'bottom-right'];
const VARIANTS = [
    'bare',
    'bare-inverse',
    'border',
    'border-filled',
    'border-inverse',
    'brand',
    'container'
];

export default class ButtonMenu extends LightningElement {
    @api accessKey = null;
    @api alternativeText = 'Show menu';
    @api draftAlternativeText;
    @api groupOrder = '';
    @api iconName = 'utility:down';
    @api iconSize = 'medium';
    @api internalDatatableActionsMenu = false;
    @api label = null;
    @api loadingStateAlternativeText = 'Loading menu items...';
    @api title = null;
    @api value = '';
    alignment = 'left';
    hasNubbin = false;
    isDisabled = false;
    isNew = false;
    loads = false;
    open = false;
    tip;
    chosenVariant = 'border';

    @api get disabled() {
        return this.isDisabled;
    }

    set disabled(value) {
        this.isDisabled = flag(value);
    }

    @api get isDraft() {
        return this.isNew;
    }

    set isDraft(value) {
        this.isNew = flag(value);
    }

    @api get isLoading() {
        return this.loads;
    }

    set isLoading(value) {
        this.loads = flag(value);
    }

    @api get menuAlignment() {
        return this.alignment;
    }

    set menuAlignment(value) {
        this.alignment = oneOf(value, ALIGNMENTS, 'left');
    }

    @api get nubbin() {
        return this.hasNubbin;
    }

    set nubbin(value) {
        this.hasNubbin = flag(value);
    }

    @api get tooltip() {
        return this.tip;
    }

    set tooltip(value) {
        this.tip = value || undefined;
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, VARIANTS, 'border');
    }

    @api focus() {
        this.trigger.focus();
    }

    @api click() {
        this.trigger.click();
    }

    connectedCallback() {
        this.classList.add('slds-dropdown-trigger', 'slds-dropdown-trigger_click');
    }

    get trigger() {
        return this.template.querySelector('[data-trigger]');
    }

    get dropdownClass() {
        const side = this.alignment.replace('bottom-', '');
        return `slds-dropdown slds-dropdown_${side === 'auto' ? 'left' : side}`;
    }

    get spoken() {
        return this.alternativeText ? String(this.alternativeText) : 'Show menu';
    }

    get hint() {
        return this.tooltip || this.title || this.spoken;
    }

    get expanded() {
        return String(this.open);
    }

    get hasLabel() {
        return this.label !== null && this.label !== undefined && this.label !== '';
    }

    handleToggle() {
        this.setOpen(!this.open);
    }

    handleSelect(event) {
        this.setOpen(false);
        this.dispatchEvent(new CustomEvent('select', { cancelable: true, detail: { value: event.detail.value } }));
    }

    handleKey(event) {
        if (event.key === 'Escape') {
            this.setOpen(false);
        }
    }

    setOpen(open) {
        this.open = open;
        this.classList.toggle('slds-is-open', open);
        if (open) {
            this.dispatchEvent(new CustomEvent('open'));
        }
    }
}
