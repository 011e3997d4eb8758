# What no case needs: half a year of production, and its pictures.
#| skip 'score = drive('
#| skip 'plt.subplots'
#| skip 'for evening in range'
#| skip 'cost_of(daily, (first, last))'
