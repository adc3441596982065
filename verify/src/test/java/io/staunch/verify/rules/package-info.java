/// The rules of the house, run as tests: who may use whom, what a module must not do, what a build must not hide.
@NullMarked
package io.staunch.verify.rules;

import org.jspecify.annotations.NullMarked;
