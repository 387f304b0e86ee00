const Navigate = Symbol('Navigate');

export const NavigationMixin = (Base) =>
    class extends Base {
        [Navigate](target) {
            window.navigated = target;
        }
    };
NavigationMixin.Navigate = Navigate;
