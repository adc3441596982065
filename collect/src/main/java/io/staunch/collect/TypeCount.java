package io.staunch.collect;

/// How many instances of a type there are and how many bytes they take themselves, without what they refer to.
///
/// @param type as Java source writes it: `byte[]`, `com.shop.Cart$Line`; generated names as in [TypeNames]
public record TypeCount(String type, long instances, long bytes) {
    public TypeCount {
        if (type.isBlank() || instances < 0 || bytes < 0) {
            throw new IllegalArgumentException("type count: expected a name and counts from 0, found '" + type + "', "
                    + instances + " instances, " + bytes + " bytes");
        }
    }

    TypeCount plus(TypeCount same) {
        return new TypeCount(type, instances + same.instances, bytes + same.bytes);
    }
}
