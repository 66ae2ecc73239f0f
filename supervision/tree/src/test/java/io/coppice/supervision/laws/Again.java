package io.coppice.supervision.laws;

// the imports
/** Where a printed test is put. */
final class Again {
    // the test
}
