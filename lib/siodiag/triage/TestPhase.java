package siodiag.triage;

/** When a test failed, as far as its report tells. */
enum TestPhase {
    /** The test's module or class could not even be loaded. */
    COLLECTION,
    /** What the test needs could not be provided. */
    SETUP,
    /** In the test's own body, or nothing says otherwise. */
    CALL,
    /** What the test left behind could not be removed. */
    TEARDOWN
}
