package io.staunch.shop.control;

/// What a caller asks of a running shop: `deploy`, `rollback` (an empty version: the one before), `restart`, `migrate`
/// (the version is the schema's number), `scale` (the version is the number of instances), `stop`.
record ShopCommand(String verb, String service, String version) {}
