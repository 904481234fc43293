/** Hop cluster: events from one node to the clients of another. */
package siodiag.probe.cluster;

//SOURCES ClusterProbe.java
