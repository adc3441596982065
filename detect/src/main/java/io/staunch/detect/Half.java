package io.staunch.detect;

/// A float cut to its upper 16 bits, rounded: its full range with two to three significant digits, in half the space.
final class Half {
    static final short NAN = (short) 0x7fc0;

    private Half() {}

    static short of(double value) {
        int bits = Float.floatToIntBits((float) value);
        return Double.isNaN(value) ? NAN : (short) ((bits + 0x8000) >> 16);
    }

    static float value(short half) {
        return Float.intBitsToFloat(half << 16);
    }
}
