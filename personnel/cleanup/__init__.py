"""Clean-up campaigns (资格清理): the bureau freezes lists, each department confirms them one by one."""
