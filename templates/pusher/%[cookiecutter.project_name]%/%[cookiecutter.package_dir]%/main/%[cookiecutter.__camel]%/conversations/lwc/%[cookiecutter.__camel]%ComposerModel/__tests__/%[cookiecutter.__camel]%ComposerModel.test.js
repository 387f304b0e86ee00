%{ filter fit }%
import {
    describeText,
    growField,
    isSendKey
} from 'c/%[ cookiecutter.__camel ]%ComposerModel';
%{ endfilter }%

describe('c-%[ cookiecutter.__camel ]%-composer-model', () => {
    it('says nothing of the length far from the limit', () => {
        expect(describeText(' Hello ')).toEqual({
            body: 'Hello',
            charactersLeft: 1595,
            isTooLong: false,
            canSend: true,
            countLabel: ''
        });
    });

    it('says how much is left near the limit, and that nothing is', () => {
        expect(describeText('x'.repeat(1499)).countLabel).toBe('');
        expect(describeText('x'.repeat(1500)).countLabel).toBe(
            'c.%[ cookiecutter.prefix ]%CharactersLeft'
        );
        expect(describeText('x'.repeat(1600)).canSend).toBe(true);
    });

    it('keeps a text that is too long from being sent', () => {
        const state = describeText('x'.repeat(2000));
        expect(state).toMatchObject({
            charactersLeft: -400,
            isTooLong: true,
            canSend: false,
            countLabel: 'c.%[ cookiecutter.prefix ]%CharactersOver'
        });
        expect(state.body).toHaveLength(2000);
    });

    it('has nothing to send in spaces and line breaks', () => {
        expect(describeText(' \n ').canSend).toBe(false);
    });

    it('sends with Enter alone', () => {
        expect(isSendKey({ key: 'Enter', keyCode: 13 })).toBe(true);
        expect(isSendKey({ key: 'Enter', shiftKey: true })).toBe(false);
        expect(isSendKey({ key: 'a' })).toBe(false);
    });

    it('sends nothing with the Enter that ends the writing of a word', () => {
        expect(isSendKey({ key: 'Enter', isComposing: true })).toBe(false);
        // Safari ends the composition first, and tells by the code alone.
        const safari = { key: 'Enter', isComposing: false, keyCode: 229 };
        expect(isSendKey(safari)).toBe(false);
    });

    it('makes a field as high as what is written, and lower again', () => {
        const field = document.createElement('textarea');
        let height = 90;
        Object.defineProperties(field, {
            scrollHeight: { get: () => height },
            offsetHeight: { get: () => 42 },
            clientHeight: { get: () => 40 }
        });
        growField(field);
        expect(field.style.height).toBe('92px');
        height = 40;
        growField(field);
        expect(field.style.height).toBe('42px');
        height = 0;
        growField(field);
        expect(field.style.height).toBe('auto');
    });
});
