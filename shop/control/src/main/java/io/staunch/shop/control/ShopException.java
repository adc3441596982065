package io.staunch.shop.control;

/// An operation that could not be done; the message is one line that says what was expected and what was found.
final class ShopException extends Exception {
    private static final long serialVersionUID = 1;

    ShopException(String message) {
        super(message);
    }

    ShopException(String message, Throwable cause) {
        super(message, cause);
    }
}
