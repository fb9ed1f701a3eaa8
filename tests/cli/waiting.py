"""A series in one file, as an analyst has it: five years that improve."""

SERIES = """measure,polarity,period,value
waiting,lower,2014-15,15.9
waiting,lower,2015-16,14.2
waiting,lower,2016-17,13.1
waiting,lower,2017-18,12.4
waiting,lower,2018-19,11.0
"""
