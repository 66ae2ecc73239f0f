/**
 * Trees and deaths for property tests; the only package here whose signatures show jqwik, which
 * whoever uses it adds to the tests.
 */
@NullMarked
package io.coppice.supervision.jqwik;

import org.jspecify.annotations.NullMarked;
